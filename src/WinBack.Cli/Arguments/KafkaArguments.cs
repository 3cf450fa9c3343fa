using System.CommandLine;
using WinBack.Adapters.Kafka;
using WinBack.Core.Events;

namespace WinBack.Cli.Arguments;

/// <summary>The options by which a command reaches Kafka; the same names in every command.</summary>
internal sealed class KafkaArguments
{
    private readonly Option<string> _bootstrap = new("--bootstrap")
    {
        Description = "Kafka's bootstrap servers, host:port separated by commas.",
        DefaultValueFactory = _ => new KafkaOptions().BootstrapServers,
    };

    private readonly Option<string> _prefix = new("--topics-prefix")
    {
        Description = "Put before the default name of every topic, e.g. 'shop.' for shop.usage, shop.login, ...",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string[]> _client = new("--kafka")
    {
        Description = "A further librdkafka setting, name=value; may be repeated (e.g. --kafka security.protocol=ssl).",
    };

    private readonly Dictionary<EventStream, Option<string?>> _topics = EventStreams.All.ToDictionary(
        stream => stream,
        stream => new Option<string?>("--topic-" + NameOf(stream)) { Description = $"Topic of the {NameOf(stream)} events." });

    internal void AddTo(Command command)
    {
        command.Options.Add(_bootstrap);
        command.Options.Add(_prefix);
        foreach (Option<string?> topic in _topics.Values) command.Options.Add(topic);
        command.Options.Add(_client);
    }

    /// <exception cref="BadInputException">A setting is not of the form name=value.</exception>
    internal KafkaOptions Read(ParseResult parsed)
    {
        string prefix = parsed.GetValue(_prefix) ?? "";
        var names = new TopicOptions();
        string Topic(EventStream stream) => parsed.GetValue(_topics[stream]) ?? prefix + names.Of(stream);
        return new KafkaOptions
        {
            BootstrapServers = parsed.GetValue(_bootstrap)!,
            Topics = new TopicOptions
            {
                Usage = Topic(EventStream.Usage),
                Login = Topic(EventStream.Login),
                Billing = Topic(EventStream.Billing),
                Engagement = Topic(EventStream.Engagement),
                Outcome = Topic(EventStream.Outcome),
                DeadLetter = prefix + names.DeadLetter,
                Late = prefix + names.Late,
                Decisions = prefix + names.Decisions,
            },
            Client = ClientSettings(parsed.GetValue(_client) ?? []),
        };
    }

    private static Dictionary<string, string> ClientSettings(IEnumerable<string> settings)
    {
        var client = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new BadInputException($"--kafka {setting}: use name=value, e.g. security.protocol=ssl");
            client[setting[..equals]] = setting[(equals + 1)..];
        }

        return client;
    }

    private static string NameOf(EventStream stream) => new TopicOptions().Of(stream);
}
