namespace WinBack.Trees.Uplift;

/// <summary>One model of an effect, see <see cref="EffectPart"/>.</summary>
/// <param name="Folder">Below the folder of the manifest.</param>
public sealed record UpliftManifestPart(string Folder, double Weight, float? TreatedFlag);
