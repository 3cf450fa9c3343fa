using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.State;
using LuaScript = WinBack.Adapters.Redis.LuaScript;

namespace WinBack.FaultWorker;

/// <summary>Puts the production worker together with its fault point and the guard to be left out.</summary>
internal static class FaultyWorker
{
    internal static Task<ConnectionMultiplexer> ConnectAsync(RedisOptions options)
    {
        // The settings of the service.
        var configuration = ConfigurationOptions.Parse(options.Configuration);
        configuration.AbortOnConnectFail = false;
        configuration.AsyncTimeout = (int)options.CommandTimeout.TotalMilliseconds;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ReconnectRetryPolicy = new LinearRetry(200);
        return ConnectionMultiplexer.ConnectAsync(configuration);
    }

    internal static IngestWorker Build(
        KafkaOptions kafka, IDatabase redis, IngestProgress progress, ILogger log, FaultOptions fault)
    {
        var fold = new FoldOptions();
        var probe = new WorkerProbe
        {
            AtStage = new FaultPoint(fault).AtStage,
            DivertsFirst = fault.Mutant != Mutant.DivertsLast,
            CorrectsFirst = fault.Mutant != Mutant.CorrectsLast,
            SeeksBack = fault.Mutant != Mutant.StaysAhead,
        };
        var pipeline = new EventPipeline(fold) { DropsDuplicates = fault.Mutant != Mutant.FoldsDuplicates };
        var commit = new LuaScript("commit");
        if (fault.Mutant == Mutant.BlindWrite) commit = commit.Without("if found ~= ARGV[1] then", "if false then");
        return new IngestWorker(kafka, redis, progress, TimeProvider.System, log, pipeline, fold, probe)
        {
            StoreFactory = (database, keys) => new PartitionStore(database, keys)
            {
                Script = commit,
                RaisesEpoch = fault.Mutant != Mutant.SameEpoch,
            },
        };
    }
}
