using WinBack.Trees.ModelFiles.LightGbm;
using WinBack.Trees.ModelFiles.MlNet;
using WinBack.Trees.ModelFiles.Onnx;

namespace WinBack.Trees.ModelFiles;

/// <summary>Writes models in the formats of other tools. What a format cannot express exactly is refused by name.</summary>
/// <remarks>
/// Only the rounding of sums differs where the target adds up in another number format: float in ONNX runtimes, double in
/// LightGBM and in ML.NET (which then rounds to float).
/// </remarks>
public static class ModelWriter
{
    /// <param name="model">Read from any format, or trained here.</param>
    /// <param name="format">MlNet, LightGbm or Onnx; for our own see <see cref="ModelDirectory.Save"/>.</param>
    /// <returns>The content of the file.</returns>
    /// <exception cref="ConversionException">The format cannot express something; it is named.</exception>
    /// <exception cref="ArgumentException">There is no writer of the format.</exception>
    public static byte[] Write(TreeModel model, ModelFormat format) => format switch
    {
        ModelFormat.MlNet => MlNetWriter.Write(model),
        ModelFormat.LightGbm => LightGbmWriter.Write(model),
        ModelFormat.Onnx => OnnxWriter.Write(model),
        _ => throw new ArgumentException($"There is no writer of {format}.", nameof(format)),
    };
}
