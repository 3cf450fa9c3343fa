using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Core.Decisions;

/// <summary>One of the models that decisions ask, with those that are tried beside it. All of them accepted.</summary>
/// <param name="Rollout">Null, or the share of the customers that <paramref name="Canary"/> gets.</param>
/// <param name="Canary">Null exactly with <paramref name="Rollout"/>.</param>
/// <param name="Challenger">Scores in the shadow; null for none.</param>
public sealed record ServedModel(TreeModel Champion, CanaryRollout? Rollout, TreeModel? Canary, TreeModel? Challenger)
{
    /// <summary>Nothing is tried.</summary>
    public static ServedModel Only(TreeModel champion) => new(champion, null, null, null);
}
