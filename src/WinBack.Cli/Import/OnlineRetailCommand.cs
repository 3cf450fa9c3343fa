using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using WinBack.Cli.EventFiles;
using WinBack.Cli.Terminal;
using WinBack.V1;

namespace WinBack.Cli.Import;

/// <summary><c>winback import online-retail</c>: invoices of UCI Online Retail into purchases and refunds.</summary>
internal static class OnlineRetailCommand
{
    private const string SamplePath = "samples/online_retail.csv.gz";
    private const int LinesAReport = 10_000;
    private const string ChannelNames = "email, sms, push, call, direct_message, print, advertisement, in_app";

    private const string Notes = """
        What becomes an event:
          every invoice of a customer       BillingEvent: KIND_PURCHASE, or KIND_REFUND when its number begins with C; the
                                            sum of its goods in micros of GBP, pieces, and item and category of its largest line
          the country, when it is new       ProfileEvent with the time zone, for countries that have one zone
        What does not: lines without a customer; postage, discounts, bank charges and other bookings; lines without a price.
        The summary counts them all. Times have no zone in the file and are taken as UTC. Categories are told from words of
        the description (src/WinBack.Cli/Import/ItemCategories.cs). The same input gives the same file, byte for byte.

        Examples:
          winback import online-retail --out out/retail.events.gz
          winback import online-retail --input online_retail.csv.gz --out retail.ndjson --assume-consent email,sms
        """;

    internal static Command Build()
    {
        var input = new Option<string?>("--input")
        {
            Description = $"The CSV file, plain or gzip. Default: {SamplePath} of this repository.",
        };
        var output = new Option<string>("--out")
        {
            Description = "Event file to write; packed when it ends in .gz.",
            Required = true,
        };
        var format = new Option<EventFileFormat?>("--format")
        {
            Description = "protobuf (with a length before each event) or json (a line each). Default: by the name of --out.",
        };
        var consent = new Option<Channel[]>("--assume-consent")
        {
            Description = "Channels for which to add granted consent and a working address to every customer, as e.g. email,sms. "
                + "The data has none, and without consent nobody is contacted: for demonstrations only.",
            CustomParser = ParseChannels,
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var command = new NotedCommand("online-retail", "UCI Online Retail (invoices of a shop, CC BY 4.0) into events.", Notes)
        {
            input, output, format, consent,
        };
        command.SetAction(parsed => Import(
            parsed.GetValue(input) ?? RepositoryFile.Find(SamplePath, "--input"),
            parsed.GetRequiredValue(output),
            parsed.GetValue(format) ?? EventFileWriter.FormatOf(parsed.GetRequiredValue(output)),
            parsed.GetValue(consent) ?? [],
            parsed.InvocationConfiguration.Output));
        return command;
    }

    internal static int Import(
        string input, string output, EventFileFormat format, IReadOnlyList<Channel> consent, TextWriter text)
    {
        var import = new OnlineRetailImport(consent);
        using (InputFile file = InputFile.Open(input, "--input"))
            ProgressDisplay.Run("Reading invoices", report => ReadLines(file, import, report));
        var summary = new ImportSummary();
        using (OutputFile file = OutputFile.Create(output, "--out"))
        {
            using (var writer = new EventFileWriter(file.Stream, format))
            {
                foreach (CustomerEvent e in import.ToEvents())
                {
                    writer.Write(e);
                    summary.Count(e);
                }
            }

            file.Complete();
        }

        summary.Write(text, import, output);
        if (consent.Count > 0) text.WriteLine("Consent and addresses are assumed (--assume-consent): not for real customers.");
        return ExitCode.Ok;
    }

    private static long ReadLines(InputFile file, OnlineRetailImport import, Action<double, string> report)
    {
        using var reader = new OnlineRetailReader(file);
        long lines = 0;
        foreach (OnlineRetailLine line in reader.ReadAll())
        {
            import.Add(line);
            if (++lines % LinesAReport == 0)
                report((double)file.BytesRead / file.Length, lines.ToString("N0", CultureInfo.InvariantCulture) + " lines");
        }

        return lines;
    }

    private static Channel[] ParseChannels(ArgumentResult result)
    {
        var channels = new List<Channel>();
        foreach (string name in result.Tokens.SelectMany(
            t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (Enum.TryParse(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out Channel channel)
                && Enum.IsDefined(channel) && channel != Channel.Unspecified) channels.Add(channel);
            else
                result.AddError($"--assume-consent: '{name}' is no channel; use {ChannelNames}");
        }

        return channels.Distinct().ToArray();
    }
}
