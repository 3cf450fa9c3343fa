namespace Pipelines.Sockets.Unofficial;

/// <summary>Looks at the targets of a multicast delegate without allocating an array of them.</summary>
public static class Delegates
{
    /// <summary>True when the delegate calls exactly one target.</summary>
    public static bool IsSingle(MulticastDelegate handler) => handler.HasSingleTarget;

    /// <summary>The targets of a delegate in call order; none when it is null.</summary>
    public static DelegateEnumerable<T> AsEnumerable<T>(T? handler)
        where T : MulticastDelegate
        => new(handler);

    /// <summary>The targets of one delegate, for <c>foreach</c>.</summary>
    public readonly struct DelegateEnumerable<T>
        where T : MulticastDelegate
    {
        private readonly T? _handler;

        internal DelegateEnumerable(T? handler) => _handler = handler;

        /// <summary>Walks the targets.</summary>
        public DelegateEnumerator<T> GetEnumerator() => new(_handler);
    }

    /// <summary>Walks the targets of one delegate.</summary>
    public struct DelegateEnumerator<T> : IDisposable
        where T : MulticastDelegate
    {
        private Delegate.InvocationListEnumerator<T> _targets;

        internal DelegateEnumerator(T? handler) => _targets = Delegate.EnumerateInvocationList(handler);

        /// <summary>The target that the last <see cref="MoveNext"/> reached.</summary>
        public T Current => _targets.Current;

        /// <summary>Steps to the next target; false when there is none.</summary>
        public bool MoveNext() => _targets.MoveNext();

        /// <summary>Does nothing: nothing is held.</summary>
        public void Dispose()
        {
        }
    }
}
