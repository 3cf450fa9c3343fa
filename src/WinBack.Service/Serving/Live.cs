namespace WinBack.Service.Serving;

/// <summary>What serves at this moment. Swapped by one reference exchange; a decision takes it once and keeps it, without a lock.</summary>
internal sealed class Live<T>
    where T : class
{
    private volatile T? _current;

    internal bool IsEmpty => _current is null;

    /// <exception cref="InvalidOperationException">Nothing was loaded yet: the service does not listen before.</exception>
    internal T Current => _current ?? throw new InvalidOperationException($"no {typeof(T).Name} is loaded yet");

    internal void Swap(T next) => _current = next;
}
