using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Core.State;
using WinBack.Service.Deciding;
using WinBack.Service.Embedded;
using WinBack.Service.Grpc.Batches;
using WinBack.Service.Serving;

namespace WinBack.Service.Hosting;

/// <summary>The options of this process, checked. The embedded role puts the addresses of its stores into them.</summary>
internal sealed record AllOptions(
    ServiceOptions Service, EmbeddedOptions Embedded, KafkaOptions Kafka, FoldOptions Fold, RedisOptions Redis, ClockOptions Clock,
    ModelServingOptions ModelServing, DecidingOptions Deciding, BatchOptions Batches, ResponseOptions Responses, TracingOptions Tracing,
    ReadinessOptions Readiness, CalibrationOptions Calibration)
{
    /// <exception cref="SettingException">Lists everything that is wrong.</exception>
    internal static AllOptions Read(IConfiguration configuration)
    {
        var settings = new Settings(configuration);
        var options = new AllOptions(
            settings.Read<ServiceOptions>(ServiceOptions.Section),
            settings.Read<EmbeddedOptions>(EmbeddedOptions.Section),
            settings.Read<KafkaOptions>(KafkaOptions.Section),
            settings.Read<FoldOptions>(FoldOptions.Section),
            settings.Read<RedisOptions>(RedisOptions.Section),
            settings.Read<ClockOptions>(ClockOptions.Section),
            settings.Read<ModelServingOptions>(ModelServingOptions.Section),
            settings.Read<DecidingOptions>(DecidingOptions.Section),
            settings.Read<BatchOptions>(BatchOptions.Section),
            settings.Read<ResponseOptions>(ResponseOptions.Section),
            settings.Read<TracingOptions>(TracingOptions.Section),
            settings.Read<ReadinessOptions>(ReadinessOptions.Section),
            settings.Read<CalibrationOptions>(CalibrationOptions.Section));
        if (options.Redis.ClockOffset != TimeSpan.Zero)
            settings.Fail($"{RedisOptions.Section}:{nameof(RedisOptions.ClockOffset)}", "follows from Clock:StandAt; set that instead");
        if (options.Responses.Window > options.Redis.DecisionRetention)
            settings.Fail(
                $"{ResponseOptions.Section}:{nameof(ResponseOptions.Window)}",
                $"is longer than decisions are kept ({options.Redis.DecisionRetention:c}): shorten it, or raise Redis:DecisionRetention");
        settings.ThrowIfWrong();
        return options;
    }
}
