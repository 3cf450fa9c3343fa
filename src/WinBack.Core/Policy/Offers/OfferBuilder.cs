namespace WinBack.Core.Policy.Offers;

/// <summary>Turns an offer that was found right into its model.</summary>
internal static class OfferBuilder
{
    internal static OfferModel Build(OfferConfig offer) => new(offer.Name, offer.IsDiscount, (double)offer.Cost, offer.CostOfOrder)
    {
        Lasts = TimeSpan.FromDays(offer.Days),
        IsDated = offer.IsDated,
        IsReminder = offer.IsReminder,
        Code = offer.Code,
        CodeEnd = OfferValidator.CodeEnd(offer.CodeUntil),
    };
}
