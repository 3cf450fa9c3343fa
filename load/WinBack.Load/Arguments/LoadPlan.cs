using NBomber.Contracts;
using NBomber.CSharp;

namespace WinBack.Load.Arguments;

/// <summary>A load as the command line asks for it, checked.</summary>
internal sealed record LoadPlan
{
    /// <summary>gRPC address of a running service on loopback; null for a service of the tool's own.</summary>
    internal Uri? Address { get; init; }

    /// <summary>Kafka of the running service, on loopback; null for none.</summary>
    internal string? Bootstrap { get; init; }

    /// <summary>WinBack.Service.dll, for a service of the tool's own; null for the one built in this repository.</summary>
    internal string? ServiceDll { get; init; }

    /// <summary>Operations a second of the open loop; null for a closed loop.</summary>
    internal int? Rate { get; init; }

    /// <summary>Callers of the closed loop.</summary>
    internal int Copies { get; init; } = 1;

    /// <summary>How long the measured part lasts.</summary>
    internal TimeSpan For { get; init; }

    /// <summary>Load before it that does not count.</summary>
    internal TimeSpan WarmUp { get; init; }

    /// <summary>Operations after which a part ends, give or take those under way.</summary>
    internal int Count { get; init; }

    /// <summary>Operations of one call or chunk.</summary>
    internal int Size { get; init; } = 1;

    /// <summary>Customers that the load is spread over.</summary>
    internal int Customers { get; init; }

    /// <summary>Of the ids of customers.</summary>
    internal string Prefix { get; init; } = "load";

    /// <summary>How often the parts are run, in turn.</summary>
    internal int Rounds { get; init; } = 1;

    /// <summary>Of everything that is random but the request ids.</summary>
    internal int Seed { get; init; } = 1;

    /// <summary>Whether the parts that others are compared with run too.</summary>
    internal bool HasPeers { get; init; } = true;

    internal string ReportFolder { get; init; } = "";

    /// <summary>Peers get a quarter of the time, but enough to be compared with.</summary>
    internal TimeSpan PeerFor => TimeSpan.FromSeconds(Math.Max(For.TotalSeconds / 4, Math.Min(For.TotalSeconds, 3)));

    /// <summary>Open loop when a rate was given, else closed loop.</summary>
    /// <param name="operations">Of one iteration.</param>
    /// <param name="copies">Callers of the closed loop, when others than the plan's.</param>
    internal LoadSimulation Shape(TimeSpan during, int operations = 1, int? copies = null) => Rate is { } rate
        ? OpenLoop(rate, during, operations)
        : Simulation.KeepConstant(copies ?? Copies, during);

    /// <param name="rate">Operations a second.</param>
    internal static LoadSimulation OpenLoop(int rate, TimeSpan during, int operations = 1) =>
        Simulation.Inject(rate, TimeSpan.FromSeconds(operations), during);
}
