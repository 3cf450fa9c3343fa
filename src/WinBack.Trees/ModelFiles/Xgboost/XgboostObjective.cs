using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Xgboost;

/// <summary>What an XGBoost objective means for the link and for the base score, which is stored as a prediction.</summary>
/// <param name="Link">Raw score to prediction.</param>
/// <param name="ToMargin">Base score as stored to raw score, in float as XGBoost computes it.</param>
internal sealed record XgboostObjective(Link Link, Func<float, float> ToMargin)
{
    /// <exception cref="ModelFormatException">The objective is unknown; its name is in the message.</exception>
    public static XgboostObjective Find(XgboostDocument objective)
    {
        string name = objective["name"].Text;
        switch (name)
        {
            case "binary:logistic" or "reg:logistic":
                return new XgboostObjective(new LogisticLink(), Logit);
            case "binary:logitraw":
                return new XgboostObjective(new IdentityLink(), Logit);
            case "reg:squarederror" or "reg:linear" or "reg:squaredlogerror" or "reg:absoluteerror" or "reg:pseudohubererror"
                or "reg:quantileerror" or "rank:pairwise" or "rank:ndcg" or "rank:map":
                return new XgboostObjective(new IdentityLink(), score => score);
            case "count:poisson" or "reg:gamma" or "reg:tweedie" or "survival:cox" or "survival:aft":
                return new XgboostObjective(new ExponentialLink(), MathF.Log);
            case "multi:softprob" or "multi:softmax":
                return new XgboostObjective(new SoftmaxLink(), score => score);
            default:
                throw objective.Fault($"The objective '{name}' is not supported.");
        }
    }

    private static float Logit(float probability) => -MathF.Log((1 / probability) - 1);
}
