using WinBack.Trees.ModelFiles;

namespace WinBack.Core.Models;

/// <summary>Counts values into the bins of a reference histogram, over this window and the one before. Not thread-safe.</summary>
internal sealed class HistogramCounter
{
    private readonly ReferenceHistogram _reference;
    private readonly long[] _referenceCounts;
    private long[] _current;
    private long[] _previous;

    internal HistogramCounter(ReferenceHistogram reference)
    {
        _reference = reference;
        // Missing is a bin too: a source that stops delivering is what drifts most.
        _referenceCounts = [.. reference.Counts, reference.Missing];
        _current = new long[_referenceCounts.Length];
        _previous = new long[_referenceCounts.Length];
    }

    /// <param name="value">NaN is missing.</param>
    internal void Add(double value) => _current[double.IsNaN(value) ? ^1 : _reference.BinOf(value)]++;

    /// <summary>Begins a window; the one before the last is forgotten.</summary>
    internal void Roll()
    {
        (_current, _previous) = (_previous, _current);
        Array.Clear(_current);
    }

    internal DriftReading Read()
    {
        long[] counts = new long[_current.Length];
        for (int i = 0; i < counts.Length; i++) counts[i] = _current[i] + _previous[i];
        return new DriftReading(
            _reference.Name, StabilityIndex.Of(_referenceCounts, counts), StabilityIndex.Threshold(_referenceCounts, counts), counts.Sum());
    }
}
