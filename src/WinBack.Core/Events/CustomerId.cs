namespace WinBack.Core.Events;

/// <summary>Identifies a customer; 1 to 64 bytes of UTF-8, equal to the Kafka record key.</summary>
public readonly record struct CustomerId(string Value)
{
    public override string ToString() => Value;
}
