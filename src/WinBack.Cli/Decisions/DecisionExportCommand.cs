using System.CommandLine;
using Confluent.Kafka;
using Google.Protobuf;
using WinBack.Adapters.Kafka;
using WinBack.Cli.Arguments;
using WinBack.Cli.EventFiles;

namespace WinBack.Cli.Decisions;

/// <summary><c>winback decision export</c>: the decisions topic, and the outcomes, as files.</summary>
internal static class DecisionExportCommand
{
    private const string Notes = """
        Decisions are written as JSON, one a line: the messages of the decisions topic, with everything that they were made from
        (protos/winback/v1/decision_service.proto, Decision). Outcomes are events, in the format that the name of the file says,
        as 'winback import' writes them. Both are what 'winback evaluate-policy' reads.

        Examples:
          winback decision export --decisions decisions.jsonl.gz --outcomes outcomes.jsonl.gz
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    internal static Command Build()
    {
        var decisions = new Option<string>("--decisions") { Description = "File to write the decisions to.", Required = true };
        var outcomes = new Option<string?>("--outcomes") { Description = "File to write the outcome events to." };
        var kafka = new KafkaArguments();
        var command = new NotedCommand("export", "Writes decisions and outcomes from Kafka to files.", Notes) { decisions, outcomes };
        kafka.AddTo(command);
        command.SetAction(parsed =>
        {
            KafkaOptions options = kafka.Read(parsed);
            TextWriter text = parsed.InvocationConfiguration.Output;
            try
            {
                text.WriteLine($"{WriteDecisions(options, parsed.GetRequiredValue(decisions)):N0} decisions");
                if (parsed.GetValue(outcomes) is { } file) text.WriteLine($"{WriteOutcomes(options, file):N0} outcomes");
                return ExitCode.Ok;
            }
            catch (TopicLayoutException e)
            {
                throw new BadInputException(e.Message, e);
            }
        });
        return command;
    }

    private static int WriteDecisions(KafkaOptions options, string path)
    {
        using OutputFile file = OutputFile.Create(path, "--decisions");
        int count = 0;
        using (var lines = new StreamWriter(file.Stream, leaveOpen: true) { NewLine = "\n" })
        {
            foreach (ConsumeResult<byte[], byte[]> record in TopicReader.ReadToEnd(options, options.Topics.Decisions, Timeout))
            {
                lines.WriteLine(JsonFormatter.Default.Format(V1.Decision.Parser.ParseFrom(record.Message.Value)));
                count++;
            }
        }

        file.Complete();
        return count;
    }

    private static int WriteOutcomes(KafkaOptions options, string path)
    {
        using OutputFile file = OutputFile.Create(path, "--outcomes");
        int count = 0;
        using (var events = new EventFileWriter(file.Stream, EventFileWriter.FormatOf(path)))
        {
            foreach (ConsumeResult<byte[], byte[]> record in TopicReader.ReadToEnd(options, options.Topics.Outcome, Timeout))
            {
                events.Write(EventOf(record));
                count++;
            }
        }

        file.Complete();
        return count;
    }

    private static V1.CustomerEvent EventOf(ConsumeResult<byte[], byte[]> record) =>
        record.Message.Headers?.Any(header => header.Key == "content-type") == true && record.Message.Value is [(byte)'{', ..]
            ? JsonParser.Default.Parse<V1.CustomerEvent>(System.Text.Encoding.UTF8.GetString(record.Message.Value))
            : V1.CustomerEvent.Parser.ParseFrom(record.Message.Value);
}
