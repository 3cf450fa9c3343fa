using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Metrics;
using WinBack.Core.Models;
using WinBack.Core.Policy;

namespace WinBack.Service.Serving;

/// <summary>
/// Looks at what was scored, one request after the other, off the decision path: lets challengers score it too, and counts.
/// The queue is bounded: what does not fit is dropped and counted, and no decision ever waits for it.
/// </summary>
internal sealed class ScoreObserver : BackgroundService
{
    /// <summary>Looked at in bursts, because to wake a reader for every request would cost each decision more than scoring.</summary>
    private static readonly TimeSpan DrainPeriod = TimeSpan.FromMilliseconds(20);

    private readonly Channel<ScoredRequest> _waiting;
    private readonly ModelStatistics[] _statistics;
    private readonly Live<ServingModels> _live;
    private readonly Live<PlaybookModel> _playbook;
    private readonly ModelServingOptions _options;
    private readonly ILogger<ScoreObserver> _log;
    private readonly Lock _gate = new();
    private long _rolled = Stopwatch.GetTimestamp();
    private long _dropped;
    private bool _hasFailed;

    public ScoreObserver(
        Live<ServingModels> live,
        Live<PlaybookModel> playbook,
        FeatureSchema schema,
        IOptions<ModelServingOptions> options,
        ILogger<ScoreObserver> log)
    {
        (_live, _playbook, _options, _log) = (live, playbook, options.Value, log);
        _statistics = [.. ServedNames.All.Select(name => new ModelStatistics(name, schema))];
        _waiting = System.Threading.Channels.Channel.CreateBounded<ScoredRequest>(
            new BoundedChannelOptions(_options.MaxWaitingObservations) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Requests that were not looked at, since the start.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Never waits.</summary>
    internal void Offer(in ScoredRequest request)
    {
        if (_waiting.Writer.TryWrite(request)) return;
        Interlocked.Increment(ref _dropped);
        Instruments.ObservationsDropped.Add(1);
    }

    /// <summary>What was seen of each model until now.</summary>
    internal IReadOnlyList<ModelReading> Read()
    {
        lock (_gate)
        {
            ServingModels models = _live.Current;
            for (int i = 0; i < _statistics.Length; i++) _statistics[i].Follow(models.Of(ServedNames.All[i]));
            if (Stopwatch.GetElapsedTime(_rolled) >= _options.DriftWindow)
            {
                foreach (ModelStatistics statistics in _statistics) statistics.Roll();
                _rolled = Stopwatch.GetTimestamp();
            }

            return [.. _statistics.Select(s => s.Read()!)];
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(DrainPeriod, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            while (!stoppingToken.IsCancellationRequested && _waiting.Reader.TryRead(out ScoredRequest request)) TryLook(request);
    }

    private void TryLook(in ScoredRequest request)
    {
        try
        {
            Look(request);
        }
        catch (Exception e)
        {
            // Goes on with the next: nobody waits for this one. Told once.
            if (!_hasFailed) _log.ObservationFailed(e);
            _hasFailed = true;
        }
    }

    private void Look(in ScoredRequest request)
    {
        // What was scored by models that are gone would begin their statistics anew.
        if (!ReferenceEquals(request.Models, _live.Current)) return;
        Scores? shadow = request.Models.Shadow?.Score(request.Features);
        ValueTier tier = CustomerValue.Of(_playbook.Current.Value, request.State, request.Features).Tier;
        lock (_gate)
        {
            foreach (ModelStatistics statistics in _statistics) statistics.Add(request, tier, shadow);
        }
    }
}
