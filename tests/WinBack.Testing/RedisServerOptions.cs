namespace WinBack.Testing;

/// <summary>How to run a <see cref="RedisServer"/>.</summary>
public sealed record RedisServerOptions
{
    /// <summary>The append-only file. Default: none.</summary>
    public AppendOnly AppendOnly { get; init; } = AppendOnly.Off;

    /// <summary>Further command line arguments, such as <c>--maxmemory 64mb</c>; each part on its own.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
