namespace WinBack.IntegrationTests.Models;

/// <summary>Which versions may answer at the moment: two while one takes over from the other.</summary>
internal sealed class LiveVersions(string first)
{
    private volatile IReadOnlySet<string> _now = new HashSet<string> { first };

    internal IReadOnlySet<string> Now => _now;

    internal void Begin(string next) => _now = new HashSet<string>(_now) { next };

    internal void Settle(string only) => _now = new HashSet<string> { only };
}
