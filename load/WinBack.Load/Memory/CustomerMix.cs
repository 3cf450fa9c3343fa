using System.Globalization;
using WinBack.Cli.EventFiles;
using WinBack.Cli.Import;
using WinBack.Cli.Replay;
using WinBack.Core.Decisions;
using WinBack.Core.State;
using WinBack.Load.Fold;

namespace WinBack.Load.Memory;

/// <summary>States of some thousand customers, folded from events as the service folds them: what a customer may look like.</summary>
internal static class CustomerMix
{
    private const int Subscribers = 5_000;
    private const int EventsASubscriber = 20;

    /// <summary>The shipped invoices of Online Retail, each customer with consent and an address for e-mail.</summary>
    internal static IReadOnlyList<byte[]> Retail(string csv)
    {
        string events = Path.GetTempFileName();
        try
        {
            OnlineRetailCommand.Import(csv, events, EventFileFormat.Protobuf, [V1.Channel.Email], TextWriter.Null);
            return BlobsOf(EventFileSurvey.Of(events, "--input").ReadInOrder());
        }
        finally
        {
            File.Delete(events);
        }
    }

    /// <summary>A subscription shop over ninety days, twenty events a customer: mostly uses and logins.</summary>
    internal static IReadOnlyList<byte[]> Subscription() =>
        BlobsOf(new SyntheticEvents(Subscribers, Subscribers * EventsASubscriber, seed: 1).Generate()
            .Select(e => V1.CustomerEvent.Parser.ParseFrom(e.Value)));

    /// <summary>"mean 214, 50 of 100 at most 190, 99 of 100 at most 493 bytes".</summary>
    internal static string Sizes(IReadOnlyList<byte[]> blobs)
    {
        int[] sizes = [.. blobs.Select(b => b.Length).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"mean {sizes.Average():F0}, 50 of 100 at most {sizes[sizes.Length / 2]}, 99 of 100 at most {sizes[sizes.Length * 99 / 100]} bytes");
    }

    private static List<byte[]> BlobsOf(IEnumerable<V1.CustomerEvent> events)
    {
        var replay = new EventReplay(new FoldOptions());
        foreach (V1.CustomerEvent e in events)
            if (replay.Apply(e) is FoldOutcome.DeadLetter) throw new InvalidDataException(replay.LastFault);
        var codec = new StateCodec();
        return [.. replay.States.Values.Select(state => codec.Encode(state).ToArray())];
    }
}
