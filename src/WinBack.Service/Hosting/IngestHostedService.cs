using Microsoft.Extensions.Options;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.State;

namespace WinBack.Service.Hosting;

/// <summary>Runs the ingest worker for as long as the host runs; a failure of it ends the host, with an exit code.</summary>
internal sealed class IngestHostedService(
    IOptions<KafkaOptions> kafka,
    IOptions<FoldOptions> fold,
    IOptions<RedisOptions> redisOptions,
    IOptions<ResponseOptions> responses,
    IOptions<CalibrationOptions> calibration,
    RedisConnections connections,
    IngestProgress progress,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<IngestWorker> workerLog,
    ILogger<IngestHostedService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            StackExchange.Redis.IDatabase redis = (await connections.EventsAsync()).GetDatabase();
            using var worker = new IngestWorker(kafka.Value, fold.Value, redis, progress, time, workerLog)
            {
                Redis = redisOptions.Value,
                Responses = responses.Value,
                Calibration = calibration.Value,
            };
            await Task.Factory.StartNew(
                () => worker.Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop while still connecting.
        }
        catch (Exception e)
        {
            // Stops the host: an orchestrator starts it again, and the watermark says where to go on.
            log.IngestFailed(e);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }
}
