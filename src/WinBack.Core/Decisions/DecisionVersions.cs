namespace WinBack.Core.Decisions;

/// <summary>What a decision was made with, so that it can be replayed bit for bit.</summary>
/// <param name="FeatureSchema">Hash of the feature schema, hex.</param>
/// <param name="Playbook">Name and hash of the playbook.</param>
/// <param name="State">First 8 bytes of SHA-256 of the state blob, hex; "" when the customer is unknown.</param>
/// <param name="Seed">Seed of every choice that involves chance: a hash of customer and request id, hex.</param>
public sealed record DecisionVersions(string FeatureSchema, string Playbook, string State, string Seed);
