using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// A pipe scheduler with threads of its own. StackExchange.Redis creates one and shows its figures in error messages,
/// but nothing here schedules on it (see <see cref="SocketConnection"/>), so its threads start with the first work.
/// </summary>
public sealed class DedicatedThreadPoolPipeScheduler : PipeScheduler, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<(Action<object?> Action, object? State)> _queue = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly string _name;
    private readonly ThreadPriority _priority;
    private readonly int _queueLimit;
    private int _started;
    private int _idle;
    private bool _isDisposed;
    private long _servicedByQueue;
    private long _servicedByPool;

    /// <param name="name">Name of the threads.</param>
    /// <param name="workerCount">Threads at most.</param>
    /// <param name="useThreadPoolQueueLength">With this many items waiting, further ones go to the shared thread pool.</param>
    /// <param name="priority">Priority of the threads.</param>
    public DedicatedThreadPoolPipeScheduler(
        string? name = null,
        int workerCount = 5,
        int useThreadPoolQueueLength = 10,
        ThreadPriority priority = ThreadPriority.Normal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workerCount);
        _name = string.IsNullOrWhiteSpace(name) ? nameof(DedicatedThreadPoolPipeScheduler) : name;
        WorkerCount = workerCount;
        _queueLimit = useThreadPoolQueueLength;
        _priority = priority;
    }

    /// <summary>Threads at most.</summary>
    public int WorkerCount { get; }

    /// <summary>Threads that could take work at once.</summary>
    public int AvailableCount => WorkerCount - Volatile.Read(ref _started) + Volatile.Read(ref _idle);

    /// <summary>Items run by the threads so far.</summary>
    public long TotalServicedByQueue => Volatile.Read(ref _servicedByQueue);

    /// <summary>Items passed on to the shared thread pool so far.</summary>
    public long TotalServicedByPool => Volatile.Read(ref _servicedByPool);

    /// <inheritdoc />
    public override void Schedule(Action<object?> action, object? state)
    {
        lock (_lock)
        {
            if (!_isDisposed && _queue.Count < _queueLimit)
            {
                _queue.Enqueue((action, state));
                if (_idle < _queue.Count && _started < WorkerCount)
                {
                    _started++;
                    new Thread(Run) { Name = _name, Priority = _priority, IsBackground = true }.Start();
                }

                _work.Release();
                return;
            }
        }

        Interlocked.Increment(ref _servicedByPool);
        ThreadPool.Schedule(action, state);
    }

    /// <summary>Ends the threads once the waiting items are done; later items go to the shared thread pool.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _work.Release(WorkerCount);
            }
        }
    }

    private void Run()
    {
        while (true)
        {
            Interlocked.Increment(ref _idle);
            _work.Wait();
            Interlocked.Decrement(ref _idle);
            (Action<object?> Action, object? State) item;
            lock (_lock)
            {
                if (!_queue.TryDequeue(out item))
                {
                    return;
                }
            }

            item.Action(item.State);
            Interlocked.Increment(ref _servicedByQueue);
        }
    }
}
