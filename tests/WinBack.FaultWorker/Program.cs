using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.FaultWorker;

// One ingest worker with a fault in it, for the fault tests. Options as in the service's configuration, e.g.
//   --Kafka:BootstrapServers 127.0.0.1:9092 --Redis:Configuration 127.0.0.1:6379 --Fault:Strike Kill --Fault:Stage AfterCommit
// Prints a report line whenever something changed; ends on SIGTERM or at the end of standard input.
IConfiguration configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
var kafka = configuration.GetSection(KafkaOptions.Section).Get<KafkaOptions>() ?? new KafkaOptions();
var redis = configuration.GetSection(RedisOptions.Section).Get<RedisOptions>() ?? new RedisOptions();
var fault = configuration.GetSection(FaultOptions.Section).Get<FaultOptions>() ?? new FaultOptions();

using var stop = new CancellationTokenSource();
using PosixSignalRegistration onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
_ = Task.Run(() =>
{
    while (Console.In.Read() >= 0)
    {
    }

    stop.Cancel();
});

using ILoggerFactory logging = LoggerFactory.Create(log => log.AddSimpleConsole(console => console.SingleLine = true));
await using ConnectionMultiplexer connection = await FaultyWorker.ConnectAsync(redis);
var progress = new IngestProgress();
using IngestWorker worker = FaultyWorker.Build(
    kafka, connection.GetDatabase(), progress, logging.CreateLogger<IngestWorker>(), fault);
Task running = Task.Factory.StartNew(() => worker.Run(stop.Token), TaskCreationOptions.LongRunning);
WorkerReport? reported = null;
do
{
    await Task.WhenAny(running, Task.Delay(50));
    if (WorkerReport.Of(progress) is var report && report != reported) Console.WriteLine(report.ToLine());
    reported = report;
}
while (!running.IsCompleted);
await running;
