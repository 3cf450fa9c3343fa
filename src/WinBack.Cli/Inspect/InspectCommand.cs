using System.CommandLine;
using WinBack.Cli.Arguments;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.State;

namespace WinBack.Cli.Inspect;

/// <summary><c>winback inspect</c>: what Redis holds of one customer, readable.</summary>
internal static class InspectCommand
{
    private const string Notes = """
        Prints the watermark of the customer's partition, every instant, counter and fact of the state, and the features
        computed from it. A feature without a value is missing. Reads only.

        Examples:
          winback inspect --redis 127.0.0.1:6379 --customer 17850
          winback inspect --redis 127.0.0.1:6379 --customer 17850 --as-of 2011-12-09T12:51:00Z
        """;

    internal static Command Build()
    {
        var redis = new RedisArguments("Redis, as host:port or a StackExchange.Redis configuration. Default: 127.0.0.1:6379.");
        var customer = new Option<string>("--customer") { Description = "Customer id.", Required = true };
        Option<DateTimeOffset?> asOf = TimeArguments.Instant(
            "--as-of", "Instant of the features. Default: now; of a service on a replay clock, give its time.");
        var command = new NotedCommand("inspect", "Shows what is known of a customer.", Notes) { customer, asOf };
        redis.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            StoredCustomer stored = await StoredCustomer.ReadAsync(redis, parsed, parsed.GetRequiredValue(customer), "--customer");
            TextWriter text = parsed.InvocationConfiguration.Output;
            text.WriteLine($"customer {stored.Id}, partition {stored.Partition}, {stored.Watermark}");
            Write(text, stored, parsed.GetValue(asOf) ?? TimeProvider.System.GetUtcNow());
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Write(TextWriter text, StoredCustomer stored, DateTimeOffset asOf)
    {
        CustomerSnapshot snapshot = stored.Decode();
        CustomerState state = snapshot.State!;
        text.WriteLine($"state of {stored.Blob.Length} bytes, hash {snapshot.StateHash}");
        text.WriteLine();
        text.WriteLine("State");
        foreach ((string name, string value, string unit) in StateDescription.Of(state))
            text.WriteLine($"  {name,-28} {value} {unit}".TrimEnd());
        if (state.IsErased) return;
        FeatureSchema schema = FeatureSchema.Default;
        float[] features = new float[schema.Count];
        var context = new FeatureContext();
        context.Load(state, asOf);
        schema.Write(context, features);
        text.WriteLine();
        text.WriteLine(
            FormattableString.Invariant($"Features as of {asOf.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} (schema {schema.Hash})"));
        for (int f = 0; f < features.Length; f++)
        {
            string value = float.IsNaN(features[f])
                ? "missing"
                : FormattableString.Invariant($"{features[f]:0.###} {schema.Features[f].Unit}");
            text.WriteLine($"  {schema.Names[f],-28} {value}");
        }
    }
}
