using WinBack.Core.Events;

namespace WinBack.Core.Policy.Experiments;

/// <summary>Who is held out (rules E2): a stable hash of the customer, salted by the holdout.</summary>
/// <param name="Buckets">Of <see cref="SaltedHash.Buckets"/>.</param>
public sealed record HoldoutModel(string Salt, int Buckets)
{
    public static HoldoutModel None { get; } = new("", 0);

    public double Probability => (double)Buckets / SaltedHash.Buckets;

    public bool Holds(CustomerId customer) => Buckets > 0 && SaltedHash.BucketOf("holdout/" + Salt, customer) < Buckets;
}
