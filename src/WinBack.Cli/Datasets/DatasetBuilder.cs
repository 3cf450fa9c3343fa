using WinBack.Cli.Replay;
using WinBack.Core.Features;
using WinBack.Core.State;

namespace WinBack.Cli.Datasets;

/// <summary>
/// Makes a point-in-time training table by replaying events in event-time order through the fold that serves:
/// <list type="number">
/// <item>
/// before an event is folded, every instant up to its event time is worked off: a cut, or the end of a cut's horizon;
/// </item>
/// <item>at a cut the features of every customer are taken from the state, which holds the events before it and no other;</item>
/// <item>at the end of the horizon the label is read from the same customer's state, and the row is done.</item>
/// </list>
/// So a feature cannot see an event at or after its cut, nor a label one at or after the end of its horizon.
/// </summary>
/// <remarks>Rows between their cut and their label are held in memory: horizon / cut distance x customers x features.</remarks>
internal sealed class DatasetBuilder(DatasetModel model, FeatureSchema schema, FoldOptions fold)
{
    private readonly FeatureContext _context = new();
    private readonly Queue<(DateTimeOffset Cut, List<(string Customer, float[] Features)> Rows)> _open = [];
    private int _nextCut;

    internal EventReplay Replay { get; } = new(fold);

    /// <param name="events">In event-time order; read to the end, and rows are given out by cut and then by customer id.</param>
    internal IEnumerable<DatasetRow> Build(IEnumerable<V1.CustomerEvent> events)
    {
        foreach (V1.CustomerEvent e in events)
        {
            DateTimeOffset time = e.EventTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
            if (time >= model.Until) break;
            foreach (DatasetRow row in WorkOff(time)) yield return row;
            if (_nextCut == model.Cuts.Count && _open.Count == 0) yield break;
            Replay.Apply(e);
        }

        foreach (DatasetRow row in WorkOff(DateTimeOffset.MaxValue)) yield return row;
    }

    /// <summary>
    /// Does what is due at or before an instant, earliest first; the end of a horizon before a cut of the same instant.
    /// </summary>
    private IEnumerable<DatasetRow> WorkOff(DateTimeOffset upTo)
    {
        while (true)
        {
            DateTimeOffset cut = _nextCut < model.Cuts.Count ? model.Cuts[_nextCut] : DateTimeOffset.MaxValue;
            DateTimeOffset end = _open.TryPeek(out var oldest) ? oldest.Cut + model.Horizon : DateTimeOffset.MaxValue;
            if (end <= cut && end <= upTo && _open.Count > 0)
            {
                _open.Dequeue();
                foreach (DatasetRow row in Label(oldest.Cut, oldest.Rows)) yield return row;
            }
            else if (cut <= upTo && _nextCut < model.Cuts.Count)
            {
                _open.Enqueue((cut, TakeFeatures(cut)));
                _nextCut++;
            }
            else
            {
                yield break;
            }
        }
    }

    private List<(string Customer, float[] Features)> TakeFeatures(DateTimeOffset cut)
    {
        var rows = new List<(string, float[])>();
        foreach ((string customer, CustomerState state) in Replay.States)
        {
            if (!model.Includes(state, cut)) continue;
            float[] features = new float[schema.Count];
            _context.Load(state, cut);
            schema.Write(_context, features);
            rows.Add((customer, features));
        }

        rows.Sort((a, b) => string.CompareOrdinal(a.Item1, b.Item1));
        return rows;
    }

    private IEnumerable<DatasetRow> Label(DateTimeOffset cut, List<(string Customer, float[] Features)> rows)
    {
        foreach ((string customer, float[] features) in rows)
        {
            CustomerState state = Replay.States[customer];

            // Who asked to be forgotten in between leaves no row.
            if (!state.IsErased) yield return new DatasetRow(customer, cut, features, model.LabelOf(state, cut));
        }
    }
}
