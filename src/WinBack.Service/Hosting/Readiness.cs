using Microsoft.Extensions.Options;
using WinBack.Core.Metrics;
using WinBack.Service.Grpc;
using WinBack.Service.Hosting.Conditions;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.Service.Hosting;

/// <summary>
/// Looks whether this process can do its work, and tells the health service and the metrics: once a second, and until it was ready for
/// the first time, often.
/// </summary>
internal sealed class Readiness(
    IEnumerable<IReadinessCondition> conditions, IOptions<ServiceOptions> options, ServingStatuses statuses, TimeProvider time,
    ILogger<Readiness> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Of a start: what it waits for, one after the other.</summary>
    private const int ToldAtOnce = 5;

    private readonly IReadinessCondition[] _conditions = [.. conditions];
    private volatile IReadOnlyList<string> _missing = ["starting"];
    private IReadOnlyList<string> _told = ["starting"];
    private long _toldAt;
    private int _tells;

    /// <summary>What stands against serving; empty when ready.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(StartPeriod, time);
        do
        {
            _missing = await LookAsync(stoppingToken);
            Tell();
            if (_missing.Count == 0) timer.Period = Period;
            ServingStatus status = _missing.Count == 0 ? ServingStatus.Serving : ServingStatus.NotServing;
            statuses.Set(ServingStatuses.WholeServer, status);
            if (!options.Value.Decides) continue;
            statuses.Set(V1.DecisionService.Descriptor.FullName, status);
            statuses.Set(V1.CustomerService.Descriptor.FullName, status);
            statuses.Set(V1.ModelService.Descriptor.FullName, status);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Logs what has changed. How far behind it is changes with every look, so soon what is missing is told once a second at most.</summary>
    private void Tell()
    {
        if (_missing.SequenceEqual(_told)) return;
        if (_missing.Count > 0 && _tells >= ToldAtOnce && time.GetElapsedTime(_toldAt) < Period) return;
        _told = _missing;
        _tells++;
        _toldAt = time.GetTimestamp();
        if (_missing.Count == 0) log.IsReady();
        else log.IsNotReady(string.Join("; ", _missing));
    }

    private async Task<IReadOnlyList<string>> LookAsync(CancellationToken stop)
    {
        string?[] found = await Task.WhenAll(_conditions.Select(condition => condition.MissingAsync(stop)));
        for (int i = 0; i < found.Length; i++)
            Instruments.Readiness.Record(
                found[i] is null ? 1 : 0, new KeyValuePair<string, object?>("winback.readiness.condition", _conditions[i].Name));
        return [.. found.OfType<string>()];
    }
}
