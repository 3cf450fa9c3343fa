namespace WinBack.Cli.Import;

/// <summary>
/// Time zones of the file's countries, where a country has one zone only. Australia, Brazil, Canada and the USA have
/// several, and "European Community" and "Unspecified" are no countries: those customers' zone stays unknown.
/// </summary>
internal static class CountryTimeZones
{
    private static readonly Dictionary<string, string> ZoneByCountry = new(StringComparer.Ordinal)
    {
        ["Austria"] = "Europe/Vienna",
        ["Bahrain"] = "Asia/Bahrain",
        ["Belgium"] = "Europe/Brussels",
        ["Channel Islands"] = "Europe/Jersey",
        ["Cyprus"] = "Asia/Nicosia",
        ["Czech Republic"] = "Europe/Prague",
        ["Denmark"] = "Europe/Copenhagen",
        ["EIRE"] = "Europe/Dublin",
        ["Finland"] = "Europe/Helsinki",
        ["France"] = "Europe/Paris",
        ["Germany"] = "Europe/Berlin",
        ["Greece"] = "Europe/Athens",
        ["Hong Kong"] = "Asia/Hong_Kong",
        ["Iceland"] = "Atlantic/Reykjavik",
        ["Israel"] = "Asia/Jerusalem",
        ["Italy"] = "Europe/Rome",
        ["Japan"] = "Asia/Tokyo",
        ["Lebanon"] = "Asia/Beirut",
        ["Lithuania"] = "Europe/Vilnius",
        ["Malta"] = "Europe/Malta",
        ["Netherlands"] = "Europe/Amsterdam",
        ["Norway"] = "Europe/Oslo",
        ["Poland"] = "Europe/Warsaw",
        ["Portugal"] = "Europe/Lisbon",
        ["RSA"] = "Africa/Johannesburg",
        ["Saudi Arabia"] = "Asia/Riyadh",
        ["Singapore"] = "Asia/Singapore",
        ["Spain"] = "Europe/Madrid",
        ["Sweden"] = "Europe/Stockholm",
        ["Switzerland"] = "Europe/Zurich",
        ["United Arab Emirates"] = "Asia/Dubai",
        ["United Kingdom"] = "Europe/London",
    };

    /// <returns>An IANA name; null when the country does not tell.</returns>
    internal static string? Of(string country) => ZoneByCountry.GetValueOrDefault(country);
}
