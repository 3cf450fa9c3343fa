using Microsoft.Extensions.Options;
using WinBack.Core.Metrics;
using WinBack.Service.Grpc;
using WinBack.Service.Hosting.Conditions;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.Service.Hosting;

/// <summary>Looks once a second whether this process can do its work, and tells the health service and the metrics.</summary>
internal sealed class Readiness(
    IEnumerable<IReadinessCondition> conditions, IOptions<ServiceOptions> options, ServingStatuses statuses, TimeProvider time,
    ILogger<Readiness> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly IReadinessCondition[] _conditions = [.. conditions];
    private volatile IReadOnlyList<string> _missing = ["starting"];

    /// <summary>What stands against serving; empty when ready.</summary>
    internal IReadOnlyList<string> Missing => _missing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            IReadOnlyList<string> before = _missing;
            _missing = await LookAsync(stoppingToken);
            if (!_missing.SequenceEqual(before)) Tell();
            ServingStatus status = _missing.Count == 0 ? ServingStatus.Serving : ServingStatus.NotServing;
            statuses.Set(ServingStatuses.WholeServer, status);
            if (!options.Value.Decides) continue;
            statuses.Set(V1.DecisionService.Descriptor.FullName, status);
            statuses.Set(V1.CustomerService.Descriptor.FullName, status);
            statuses.Set(V1.ModelService.Descriptor.FullName, status);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Tell()
    {
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
