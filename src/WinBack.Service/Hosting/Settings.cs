using System.ComponentModel.DataAnnotations;
using WinBack.Adapters.Kafka;

namespace WinBack.Service.Hosting;

/// <summary>
/// Reads options from the configuration, once at start: a name that does not exist is an error, and whatever is wrong in
/// any section is reported together.
/// </summary>
internal sealed class Settings(IConfiguration configuration)
{
    private readonly List<string> _wrong = [];

    internal T Read<T>(string section)
        where T : class, new()
    {
        var options = new T();
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            Validate(section, options);
            if (options is KafkaOptions kafka) Validate(section + ":" + nameof(KafkaOptions.Topics), kafka.Topics);
        }
        catch (InvalidOperationException e)
        {
            // A name that the options have not, or a value of another type: the message of the binder names it.
            Fail(section, e.Message.Contains(nameof(BinderOptions.ErrorOnUnknownConfiguration), StringComparison.Ordinal)
                ? $"there is no option {e.Message[(e.Message.LastIndexOf(':') + 1)..].Trim()}"
                : e.Message);
        }

        return options;
    }

    internal void Fail(string name, string problem) => _wrong.Add($"{name}: {problem}");

    /// <exception cref="SettingException">Something is wrong; the message lists everything.</exception>
    internal void ThrowIfWrong()
    {
        if (_wrong.Count > 0)
            throw new SettingException("settings are wrong:" + string.Concat(_wrong.Select(w => $"{Environment.NewLine}  {w}")));
    }

    private void Validate(string section, object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (ValidationResult result in results) Fail($"{section}:{string.Join(',', result.MemberNames)}", result.ErrorMessage ?? "is wrong");
    }
}
