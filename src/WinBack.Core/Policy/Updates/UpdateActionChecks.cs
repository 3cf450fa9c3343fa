namespace WinBack.Core.Policy.Updates;

/// <summary>Checks actions that announce product updates (rules A6).</summary>
internal static class UpdateActionChecks
{
    private static readonly TimeSpan Quarter = TimeSpan.FromDays(90);

    internal static void Check(string path, ActionConfig action, PlaybookConfig playbook, FieldChecks check)
    {
        if (!action.ProductUpdate)
        {
            if (action.Reasons.Contains("product_fit"))
                check.Add(
                    path + ".reasons", "product_fit gets nothing until a product update is out",
                    "leave product_fit out, or write product_update: true", "L6");
            return;
        }

        path += ".product_update";
        if (!action.RequiresLapse) check.Add(path, "is for lapsed customers", "leave requires_lapse out", "A6");
        if (action.Offer is { IsDiscount: true }) check.Add(path, "an update never leads with a discount", "leave the offer out", "A6");
        if (!playbook.Caps.Exists(cap => HoldsToOneAQuarter(cap, action.Name)))
            check.Add(
                path, "nothing holds it to one a quarter",
                $"add {{ name: {action.Name}_quarter, scope: action, of: {action.Name}, limit: 1, window: 90d }} to caps", "A6");
    }

    private static bool HoldsToOneAQuarter(CapConfig cap, string action) =>
        cap.Scope == "action" && (cap.Of.Length == 0 || cap.Of == action)
        && (cap.MinGap >= Quarter || (cap.Limit == 1 && cap.Window >= Quarter));
}
