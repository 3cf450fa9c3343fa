using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>The facts known of a customer, sorted by <see cref="Fact"/>.</summary>
public sealed class FactSet
{
    private FactRegister[] _registers = [];
    private int _count;

    internal ReadOnlySpan<FactRegister> Registers => _registers.AsSpan(0, _count);

    /// <summary>Null when the fact is not known.</summary>
    public string? Text(Fact fact) => Find(fact, out int at) ? _registers[at].Text : null;

    /// <summary>Null when the fact is not known.</summary>
    public long? Number(Fact fact) => Find(fact, out int at) ? _registers[at].Number : null;

    /// <summary>When the fact was last written, in event time (ms); null when it is not known.</summary>
    public long? TimeMs(Fact fact) => Find(fact, out int at) ? _registers[at].TimeMs : null;

    public Consent ConsentOf(Channel channel) => (Consent)(Number(Fact.ConsentBase + (int)channel) ?? 0);

    public AddressStatus AddressOf(Channel channel) => (AddressStatus)(Number(Fact.AddressBase + (int)channel) ?? 0);

    internal void Write(in FactRegister register)
    {
        // What is read from a blob comes in order.
        if (_count > 0 && _registers[_count - 1].Fact < register.Fact)
        {
            Insert(_count, register);
            return;
        }

        if (Find(register.Fact, out int at))
        {
            if (register.Wins(_registers[at])) _registers[at] = register;
            return;
        }

        Insert(at, register);
    }

    internal void Clear()
    {
        _registers.AsSpan(0, _count).Clear();
        _count = 0;
    }

    private void Insert(int at, in FactRegister register)
    {
        if (_count == _registers.Length) Array.Resize(ref _registers, Math.Max(4, _count * 2));
        _registers.AsSpan(at, _count - at).CopyTo(_registers.AsSpan(at + 1));
        _registers[at] = register;
        _count++;
    }

    private bool Find(Fact fact, out int at)
    {
        for (at = 0; at < _count && _registers[at].Fact < fact; at++)
        {
        }

        return at < _count && _registers[at].Fact == fact;
    }
}
