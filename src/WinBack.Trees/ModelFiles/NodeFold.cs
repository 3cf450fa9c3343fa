using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>Turns a question about prepared features into the same question about input columns.</summary>
/// <param name="slots">Where each feature comes from.</param>
/// <param name="lookups">Vocabularies.</param>
/// <param name="ofNumber">Folded feature of each number column.</param>
/// <param name="ofLookup">Folded feature of each vocabulary.</param>
/// <param name="target">For messages.</param>
internal sealed class NodeFold(
    IReadOnlyList<SlotSource> slots, IReadOnlyList<InputLookup> lookups, int[] ofNumber, int[] ofLookup, string target)
{
    /// <exception cref="ConversionException">There is no such question about one column.</exception>
    public TreeNode Apply(Tree tree, in TreeNode node, List<ValueSet> sets, string where)
    {
        if (node.Kind == SplitKind.AnySlotPositive)
        {
            return ApplyAnySlot(tree, node, sets, where);
        }

        var slot = slots[node.Feature];
        if (slot is { Lookup: >= 0, Key: SlotSource.WholeKey, Steps.Count: 0 })
        {
            return Moved(tree, node, ofLookup[slot.Lookup], sets);
        }

        if (slot.Lookup >= 0)
        {
            return ApplyTerm(tree, node, slot, sets);
        }

        if (slot.Steps.Count > 0)
        {
            return node.HasSet || node.ZeroIsMissing
                ? throw new ConversionException(target, $"{where} asks for values of the scaled feature '{slot.Name}'")
                : StepFold.Apply(tree, node, slot, ofNumber[slot.Column], problem => new ConversionException(target, $"{where} {problem}"));
        }

        return Moved(tree, node, ofNumber[slot.Column], sets);
    }

    private static TreeNode Moved(Tree tree, in TreeNode node, int feature, List<ValueSet> sets)
    {
        if (!node.HasSet)
        {
            return node with { Feature = feature };
        }

        sets.Add(tree.Sets[node.Set]);
        return node with { Feature = feature, Set = sets.Count - 1 };
    }

    /// <summary>Any of several terms of one column is a set; one slot alone is the question whether it is above 0.</summary>
    private TreeNode ApplyAnySlot(Tree tree, in TreeNode node, List<ValueSet> sets, string where)
    {
        SlotSource[] asked = tree.Sets[node.Set].Values.ToArray().Select(slot => slots[(int)slot]).ToArray();
        if (asked is [var only])
        {
            var single = new TreeNode
            {
                Feature = slots.ToList().IndexOf(only), Threshold = 0, MissingGoesLeft = true, Left = node.Left, Right = node.Right,
            };
            return Apply(tree, single, sets, where);
        }

        if (asked.Length == 0 || asked.Any(slot => slot.Lookup < 0 || slot.Lookup != asked[0].Lookup || slot.Steps.Count > 0 || slot.Key < 1))
        {
            string names = string.Join(", ", asked.Select(slot => slot.Name).Take(10));
            throw new ConversionException(target, $"{where} asks several columns at once ({names})");
        }

        sets.Add(new ValueSet(asked.Where(IsReached).Select(ValueOf)));
        return Member(asked[0], sets.Count - 1, node.Right, node.Left);
    }

    private TreeNode ApplyTerm(Tree tree, in TreeNode node, SlotSource slot, List<ValueSet> sets)
    {
        bool whenSet = StepFold.GoesLeft(tree, node, StepFold.Prepared(slot, 1));
        bool whenNot = StepFold.GoesLeft(tree, node, StepFold.Prepared(slot, 0));
        if (whenSet == whenNot || !IsReached(slot))
        {
            return StepFold.Always(ofLookup[slot.Lookup], whenNot ? node.Left : node.Right, whenNot ? node.Right : node.Left);
        }

        sets.Add(new ValueSet([ValueOf(slot)]));
        return Member(slot, sets.Count - 1, whenSet ? node.Left : node.Right, whenSet ? node.Right : node.Left);
    }

    private TreeNode Member(SlotSource slot, int set, int left, int right) => new()
    {
        Kind = SplitKind.ValueIn, Feature = ofLookup[slot.Lookup], Set = set, Left = left, Right = right,
    };

    private float ValueOf(SlotSource slot) =>
        lookups[slot.Lookup].Vocabulary is { IsText: false } numbers ? numbers.Numbers[slot.Key - 1] : slot.Key;

    /// <summary>Of equal terms only the first is ever found.</summary>
    private bool IsReached(SlotSource slot)
    {
        var terms = lookups[slot.Lookup].Vocabulary;
        return slot.Key >= 1 && slot.Key <= terms.Names.Count
            && terms.KeyOf(terms.IsText ? 0 : terms.Numbers[slot.Key - 1], terms.Names[slot.Key - 1]) == slot.Key;
    }
}
