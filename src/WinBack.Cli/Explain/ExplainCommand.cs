using System.CommandLine;
using WinBack.Cli.Arguments;
using WinBack.Cli.Inspect;
using WinBack.Cli.Replay;
using WinBack.Core.Decisions;
using WinBack.Core.Features;

namespace WinBack.Cli.Explain;

/// <summary><c>winback explain</c>: why the models say what they say of one customer.</summary>
internal static class ExplainCommand
{
    private const string Notes = """
        Reads the customer's state from Redis, computes the features and divides each model's score among them (exact
        Shapley values of the trees). Expected score and all contributions sum to the raw score; what is not listed is summed
        in one line. Reads only.

        Examples:
          winback explain 17850 --redis 127.0.0.1:6379
          winback explain 17850 --redis 127.0.0.1:6379 --as-of 2011-12-09T12:51:00Z --top 5
        """;

    internal static Command Build()
    {
        var redis = new RedisArguments("Redis, as host:port or a StackExchange.Redis configuration. Default: 127.0.0.1:6379.");
        var customer = new Argument<string>("customer") { Description = "Customer id." };
        var models = new Option<string?>("--models")
        {
            Description = "Folder with the models churn and winback. Default: models, here or above the program.",
        };
        var top = new Option<int>("--top") { Description = "Features to list for each model.", DefaultValueFactory = _ => 10 };
        Option<DateTimeOffset?> asOf = TimeArguments.Instant(
            "--as-of", "Instant of the features. Default: now; of a service on a replay clock, give its time.");
        var command = new NotedCommand("explain", "Says why the models score a customer as they do.", Notes) { customer, models, top, asOf };
        redis.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            Scorer scorer = ServedModels.Load(parsed.GetValue(models) ?? RepositoryFile.Find("models", "--models"), "--models");
            StoredCustomer stored = await StoredCustomer.ReadAsync(redis, parsed, parsed.GetRequiredValue(customer), "customer");
            Write(
                parsed.InvocationConfiguration.Output, stored, scorer, parsed.GetValue(asOf) ?? TimeProvider.System.GetUtcNow(),
                parsed.GetValue(top));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Write(TextWriter text, StoredCustomer stored, Scorer scorer, DateTimeOffset asOf, int top)
    {
        CustomerSnapshot snapshot = stored.Decode();
        if (snapshot.State!.IsErased) throw new BadInputException($"customer {stored.Id}: asked to be forgotten; nothing is known to explain");
        FeatureSchema schema = FeatureSchema.Default;
        float[] features = new float[schema.Count];
        var context = new FeatureContext();
        context.Load(snapshot.State, asOf);
        schema.Write(context, features);
        text.WriteLine(FormattableString.Invariant(
            $"customer {stored.Id} as of {asOf.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, state {snapshot.StateHash}"));
        foreach (ScoreExplanation explanation in scorer.Explain(features)) ExplanationText.Write(text, explanation, schema, top);
    }
}
