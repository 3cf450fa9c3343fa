namespace WinBack.Testing;

/// <summary>How to run a <see cref="GarnetServer"/>.</summary>
public sealed record GarnetServerOptions
{
    /// <summary>The append-only file. Default: none.</summary>
    public AppendOnly AppendOnly { get; init; } = AppendOnly.Off;

    /// <summary>Further command line arguments; each part on its own.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
