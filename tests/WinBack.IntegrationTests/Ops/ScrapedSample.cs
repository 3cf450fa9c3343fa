namespace WinBack.IntegrationTests.Ops;

/// <summary>One line of a scrape, as a parser of somebody else read it.</summary>
internal sealed record ScrapedSample(string Family, string Type, string Unit, string Name, Dictionary<string, string> Labels, string Value);
