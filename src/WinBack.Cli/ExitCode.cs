namespace WinBack.Cli;

/// <summary>What <c>winback</c> tells its caller; the same for every subcommand.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A file, a value or a service that was given is not usable: <see cref="BadInputException"/>.</summary>
    public const int BadInput = 1;

    /// <summary>The command line is not one that the command understands.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C or SIGTERM came before the end (as shells report SIGINT).</summary>
    public const int Stopped = 130;

    /// <summary>A fault of the program itself (sysexits' EX_SOFTWARE).</summary>
    public const int Internal = 70;
}
