namespace WinBack.Cli.Training.Report;

/// <summary>The style of the page. No character that XML would escape, for style is taken as it stands.</summary>
internal static class ReportStyle
{
    internal const string Css = """

        :root{--ink:#1c2430;--soft:#5b6675;--line:#dfe4ea;--paper:#f6f8fa;--card:#fff;--ours:#2563eb;--champion:#d97706;--zero:#64748b;--one:#e11d48}
        @media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa5b4;--line:#2c3542;--paper:#10151c;
        --card:#181f29;--ours:#6ea8fe;--champion:#fbbf24;--zero:#94a3b8;--one:#fb7185}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,-apple-system,Segoe UI,Roboto,sans-serif}
        main{max-width:1240px;margin:0 auto;padding:20px 16px 48px}
        h1{font-size:1.6rem;margin:0 0 4px}h1 small{font-size:.8rem;font-weight:400;color:var(--soft);font-family:ui-monospace,monospace}
        h2{font-size:1.15rem;margin:32px 0 12px}h3{font-size:.95rem;margin:0 0 6px;overflow-wrap:anywhere}
        p{margin:4px 0 10px}.soft,figcaption,small{color:var(--soft)}figcaption,.soft{font-size:.85rem}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:10px;margin-top:16px}
        .tiles div,figure,.scroll,details{background:var(--card);border:1px solid var(--line);border-radius:10px}
        .tiles div{padding:10px 12px}.tiles span{display:block;font-size:.8rem;color:var(--soft)}.tiles b{display:block;font-size:1.35rem}
        .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));gap:12px}
        figure{margin:0;padding:12px;min-width:0}svg{display:block;width:100%;height:auto}
        svg text{font-size:11px;fill:var(--soft)}.grid{stroke:var(--line)}.axis{stroke:var(--soft)}
        .line{fill:none;stroke-width:2}.line.ours{stroke:var(--ours)}.line.champion{stroke:var(--champion)}.line.zero{stroke:var(--zero)}
        .line.guide{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 3}
        .dot.ours,.bar.ours{fill:var(--ours)}.dot.champion,.bar.champion{fill:var(--champion)}
        .bar.zero{fill:var(--zero);opacity:.55}.bar.one{fill:var(--one);opacity:.55}
        .legend{display:flex;gap:14px;flex-wrap:wrap;font-size:.85rem;margin:4px 0}
        .legend i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:5px;vertical-align:-1px}
        i.ours{background:var(--ours)}i.champion{background:var(--champion)}i.zero{background:var(--zero)}i.one{background:var(--one)}
        .scroll{overflow-x:auto;margin-bottom:12px}table{border-collapse:collapse;width:100%;font-size:.9rem}
        .scroll th,.scroll td{text-align:left;padding:7px 12px;border-bottom:1px solid var(--line);vertical-align:top}
        .facts td{overflow-wrap:anywhere;min-width:104px}.scroll small{display:block;white-space:nowrap}tbody tr:last-child td{border-bottom:0}
        .bars th{font-weight:400;text-align:left;padding:2px 8px 2px 0;width:42%;overflow-wrap:anywhere;font-size:.85rem}.bars td{padding:2px 0}
        .bars .b{display:block;height:12px;background:var(--ours);border-radius:3px;min-width:1px}
        .bars .n{text-align:right;padding-left:8px;width:62px;font-size:.85rem;white-space:nowrap}
        details{margin-bottom:12px;padding:10px 12px}details .scroll{border:0;margin:8px 0 0}summary{cursor:pointer;font-weight:600}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem;margin:8px 0 0}td .b{display:block;height:4px;margin-top:3px;
        background:var(--ours);border-radius:2px}td:nth-child(3) .b{background:var(--champion)}
        @media (max-width:480px){.scroll th,.scroll td{padding:6px;font-size:.82rem}.scroll td:first-child,.scroll th{overflow-wrap:anywhere}}
        """;
}
