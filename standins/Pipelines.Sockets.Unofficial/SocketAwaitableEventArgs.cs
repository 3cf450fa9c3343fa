using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// A socket operation that can be awaited: start it with these arguments, call <see cref="Complete"/> yourself when it
/// ended at once, then await the arguments.
/// </summary>
/// <remarks>
/// May be used again after each await: <see cref="GetResult"/> re-arms it. Two completions of one operation can meet
/// (the client aborts a slow connect, then the cancelled connect reports itself): the first one wakes the waiter and
/// the second one only leaves the mark behind. One waiter at a time.
/// </remarks>
public class SocketAwaitableEventArgs : SocketAsyncEventArgs, ICriticalNotifyCompletion
{
    private static readonly Action _completed = () => { };

    // Null: armed and nobody waits. A continuation: armed and awaited. _completed: over, result not yet taken.
    private Action? _state;

    /// <param name="ioScheduler">Ignored: a waiter runs on the thread that completes the operation.</param>
    public SocketAwaitableEventArgs(PipeScheduler? ioScheduler = null)
        : base(true /* suppress the execution context */)
        => _ = ioScheduler;

    /// <summary>True once the operation is over and its result has not been taken.</summary>
    public bool IsCompleted => ReferenceEquals(Volatile.Read(ref _state), _completed);

    /// <summary>The awaiter: this object itself.</summary>
    public SocketAwaitableEventArgs GetAwaiter() => this;

    /// <summary>Takes the result and arms the arguments for another operation.</summary>
    /// <returns>Bytes transferred.</returns>
    /// <exception cref="SocketException">The operation failed or was aborted.</exception>
    public int GetResult()
    {
        Volatile.Write(ref _state, null);
        return SocketError == SocketError.Success ? BytesTransferred : throw new SocketException((int)SocketError);
    }

    /// <summary>Reports that the operation is over. Harmless when it already was.</summary>
    public void Complete()
    {
        Action? waiter = Interlocked.Exchange(ref _state, _completed);
        if (waiter is not null && !ReferenceEquals(waiter, _completed))
        {
            waiter();
        }
    }

    /// <summary>Ends the wait with an error, whatever becomes of the operation.</summary>
    public void Abort(SocketError error = SocketError.OperationAborted)
    {
        SocketError = error;
        Complete();
    }

    void INotifyCompletion.OnCompleted(Action continuation) => Await(continuation);

    void ICriticalNotifyCompletion.UnsafeOnCompleted(Action continuation) => Await(continuation);

    protected override void OnCompleted(SocketAsyncEventArgs e) => Complete();

    private void Await(Action continuation)
    {
        if (Interlocked.CompareExchange(ref _state, continuation, null) is not null)
        {
            // The operation ended between IsCompleted and here. Not called inline: the caller is not suspended yet.
            ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: true);
        }
    }
}
