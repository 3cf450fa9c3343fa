namespace WinBack.Trees.Training;

/// <summary>What one row of weight 1 says at its present score.</summary>
/// <param name="Gradient">Minus the derivative of the loss by the score: up when the score should rise.</param>
/// <param name="Hessian">Second derivative, not negative.</param>
/// <param name="Loss">As the objective words it.</param>
internal readonly record struct RowGradient(double Gradient, double Hessian, double Loss);
