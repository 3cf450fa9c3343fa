namespace WinBack.Testing;

/// <summary>How a server keeps its append-only file.</summary>
public enum AppendOnly
{
    /// <summary>No file: everything is lost with the process.</summary>
    Off,

    /// <summary>Written at once, synced to disk every second (Garnet: written every 100 ms).</summary>
    EverySecond,

    /// <summary>Synced to disk before each reply.</summary>
    Always,
}
