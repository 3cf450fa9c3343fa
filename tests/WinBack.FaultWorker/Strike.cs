namespace WinBack.FaultWorker;

/// <summary>What the worker does to itself at its fault point.</summary>
internal enum Strike
{
    None,

    /// <summary>SIGKILL: nothing after this point happens.</summary>
    Kill,

    /// <summary>SIGSTOP: it goes on from this point when somebody sends SIGCONT, however late that is.</summary>
    Stop,
}
