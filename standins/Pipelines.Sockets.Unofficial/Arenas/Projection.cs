namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Makes one value of another.</summary>
public delegate TTo Projection<TFrom, TTo>(in TFrom value);

/// <summary>Makes one value of another with the help of a state, so that the delegate need not capture it.</summary>
public delegate TTo Projection<TFrom, TState, TTo>(in TFrom value, in TState state);
