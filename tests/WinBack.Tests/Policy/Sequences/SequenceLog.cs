using WinBack.Core.Policy;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Tests.Policy.Sequences;

/// <summary>
/// Holds what was sent to one customer against rules S1 to S4 by the log of touches and the playbook alone, apart from the
/// engine.
/// </summary>
internal sealed class SequenceLog(PlaybookConfig config)
{
    private TouchSequenceConfig? _running;
    private DateTimeOffset _first, _last;
    private int _step = -1, _touches;
    private DateTimeOffset? _return;
    private readonly Dictionary<string, DateTimeOffset> _ends = [];
    private readonly HashSet<string> _reminded = [];

    internal void Return(DateTimeOffset? at)
    {
        if (at is not null) _return = at;
    }

    internal void Sent(string action, DateTimeOffset at, string where)
    {
        TouchSequenceConfig? sequence = config.Sequences.Find(s => s.Steps.Exists(step => step.Actions.Contains(action)));
        if (sequence is null) return;
        int index = sequence.Steps.FindIndex(step => step.Actions.Contains(action));
        Offer(action, at, where);
        bool isDiscount = config.Actions.Find(a => a.Name == action)!.Offer is { IsDiscount: true };
        if (index == 0) Starts(sequence, at, where);
        else Continues(sequence, index, at, where);
        Assert.True(!isDiscount || _touches > 0, $"{where}: S2, {action} is a discount and the first touch");
        (_running, _step, _last) = (sequence, index, at);
        _touches++;
    }

    /// <summary>Customers of these tests have no zone: their days are those of UTC.</summary>
    private void Offer(string action, DateTimeOffset at, string where)
    {
        if (config.Actions.Find(a => a.Name == action)!.Offer is not { } offer) return;
        if (offer.IsReminder)
        {
            DateTimeOffset end = _ends[offer.Name];
            Assert.True(at >= end.AddDays(-2) && at < end.AddDays(-1), $"{where}: S5, reminded at {at:O} of what ends {end:O}");
            Assert.True(_reminded.Add(offer.Name), $"{where}: S5, reminded twice of {offer.Name}");
            return;
        }

        Assert.True(
            _ends.Values.All(end => end <= at.AddMilliseconds(1)), $"{where}: S6, {offer.Name} at {at:O} while another one can be used");
        Assert.True(!offer.IsDated || !_ends.ContainsKey(offer.Name), $"{where}: S5, {offer.Name} is issued again");
        DateTimeOffset last = at.AddDays(offer.Days);
        _ends[offer.Name] = offer.IsDated ? new DateTimeOffset(last.Date, TimeSpan.Zero).AddDays(1) : last;
    }

    private void Starts(TouchSequenceConfig sequence, DateTimeOffset at, string where)
    {
        if (_running is { } last && !sequence.Follows.Contains(last.Name))
        {
            // It ended by a return, or no earlier than its last touch.
            DateTimeOffset end = _return > _first && _return < _last ? _return.Value : _last;
            Assert.True(
                at - end >= TimeSpan.FromDays(config.Sequence.RestDays) - TimeSpan.FromMilliseconds(1),
                $"{where}: S4, {sequence.Name} starts at {at:O}, {last.Name} was sent at {_last:O}");
        }

        (_first, _touches) = (at, 0);
    }

    private void Continues(TouchSequenceConfig sequence, int index, DateTimeOffset at, string where)
    {
        Assert.True(_running == sequence, $"{where}: S4, {sequence.Name} at {at:O} without having started");
        Assert.True(index > _step, $"{where}: S1, step {index} after {_step}");
        Assert.True(!(_return > _first), $"{where}: S3, a touch at {at:O} after the return at {_return:O}");
        DateTimeOffset start = _first - sequence.Steps[0].At;
        Assert.True(at - start < TimeSpan.FromDays(sequence.Days), $"{where}: S1, a touch after the last day");
        Assert.True(at - start >= sequence.Steps[index].At - TimeSpan.FromMilliseconds(1), $"{where}: S1, a touch before its day");
        Assert.True(at - _last >= sequence.Steps[index].Gap - TimeSpan.FromMilliseconds(1), $"{where}: S1, a touch within the gap");
    }
}
