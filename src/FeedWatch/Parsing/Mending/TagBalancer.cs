using System.Text;

namespace FeedWatch.Parsing.Mending;

/// <summary>
/// Makes well-formed XML of markup that is none: tags left open, closed twice or misspelt, text cut off, HTML that should have been
/// escaped, prefixes that nothing declares. The last resort, one pass long, and bounded in depth.
/// </summary>
internal sealed class TagBalancer
{
    private readonly string text;
    private readonly TagScanner tags;
    private readonly StringBuilder xml;
    private readonly List<string> open = [];
    private readonly Dictionary<string, List<int>> places = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<int> frames = [];
    private readonly HashSet<string> prefixes = new(StringComparer.Ordinal);
    private readonly HashSet<string> declaredAtRoot = new(StringComparer.Ordinal);
    private readonly HashSet<string> declared = new(StringComparer.Ordinal);
    private readonly SortedSet<string> faults = new(StringComparer.Ordinal);
    private int rootAttributes = -1;
    private bool noCommentEnd;
    private int endOfCData = -1;

    private TagBalancer(string text)
    {
        this.text = text;
        tags = new TagScanner(text);
        xml = new StringBuilder(text.Length + 256);
    }

    /// <returns>Empty where there is no element at all; null where elements nest too deeply.</returns>
    public static string? Balance(string text, ICollection<string> repairs)
    {
        var balancer = new TagBalancer(text);
        if (!balancer.Run()) return null;
        foreach (var fault in balancer.faults) repairs.Add(fault);
        return balancer.xml.ToString();
    }

    private bool Run()
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = text.IndexOf('<', at);
            if (next < 0) next = text.Length;
            if (next > at && open.Count > 0) xml.Append(text.AsSpan(at..next).Contains("]]>", StringComparison.Ordinal) ? text[at..next].Replace("]]>", "]]&gt;", StringComparison.Ordinal) : text.AsSpan(at..next));
            if (next == text.Length) break;

            at = next;
            if (!Markup(ref at)) return false;
            if (open.Count == 0 && rootAttributes >= 0)
            {
                if (!text.AsSpan(at).IsWhiteSpace()) faults.Add("junk after the end of the feed");
                break;
            }
        }

        if (open.Count > 0)
        {
            faults.Add("the document ends before its elements do");
            CloseTo(0);
        }

        DeclarePrefixes();
        return true;
    }

    /// <returns>False where elements nest too deeply.</returns>
    private bool Markup(ref int at)
    {
        var rest = text.AsSpan(at);
        var second = rest.Length > 1 ? rest[1] : '\0';
        if (second == '/' && rest.Length > 2 && TagScanner.StartsName(rest[2])) Close(ref at);
        else if (rest.StartsWith("<![CDATA[")) CData(ref at);
        else if (rest.StartsWith("<!--") && !noCommentEnd) Skip(ref at, "-->", ref noCommentEnd);
        else if (second is '?' or '!' or '/') SkipTag(ref at);
        else if (TagScanner.StartsName(second)) return Start(ref at);
        else
        {
            faults.Add("bare < in text, which must be written &lt;");
            if (open.Count > 0) xml.Append("&lt;");
            at++;
        }

        return true;
    }

    private bool Start(ref int at)
    {
        at++;
        var name = tags.Name(ref at);
        var closed = tags.ReadAttributes(ref at) || TagNames.IsVoid(name);
        if (tags.Unquoted) faults.Add("an attribute without quotes");
        if (tags.Twice) faults.Add("an attribute that stands twice in its tag");
        ForgottenEnds(name);
        if (open.Count >= DepthGuard.MaxDepth) return TagNames.IsHtml(name); // a tag of HTML fewer loses no text

        if (name.IndexOf(':') is > 0 and var colon) prefixes.Add(name[..colon]);
        prefixes.UnionWith(tags.Used);
        declared.UnionWith(tags.Declared);
        xml.Append('<').Append(name);
        if (rootAttributes < 0)
        {
            rootAttributes = xml.Length;
            declaredAtRoot.UnionWith(tags.Declared);
        }

        xml.Append(tags.Attributes).Append(closed ? "/>" : ">");
        if (!closed) Push(name);
        return true;
    }

    // An entry never holds an entry, nor a title a link: the earlier one was not closed.
    private void ForgottenEnds(string name)
    {
        if (TagNames.IsEntry(name) && places.TryGetValue(name, out var same) && same.Count > 0 && same[^1] > 0)
        {
            faults.Add($"an element <{name}> without an end tag");
            CloseTo(same[^1]);
        }
        else if (open.Count > 1 && TagNames.IsField(name) && TagNames.IsPlainField(open[^1]))
        {
            faults.Add($"an element <{open[^1]}> without an end tag");
            CloseTo(open.Count - 1);
        }
        else if (open.Count > 1 && TagNames.EndsItself(name) && open[^1].Equals(name, StringComparison.OrdinalIgnoreCase)) CloseTo(open.Count - 1);
    }

    private void Close(ref int at)
    {
        at += 2;
        var name = tags.Name(ref at);
        tags.ReadAttributes(ref at);
        var place = places.TryGetValue(name, out var known) && known.Count > 0 ? known[^1] : -1;
        if (place >= 0 && (TagNames.IsFrame(name) || frames.Count == 0 || place > frames[^1]))
        {
            if (place < open.Count - 1) faults.Add($"an element <{open[^1]}> without an end tag");
            CloseTo(place);
            return;
        }

        if (TagNames.IsVoid(name)) return;
        faults.Add($"an end tag </{name}> without an element");

        // <language>en</langauge>: a misspelt end still ends.
        if (place < 0 && open.Count > 0 && !TagNames.IsHtml(name) && !TagNames.IsHtml(open[^1]) && !TagNames.IsFrame(open[^1])) CloseTo(open.Count - 1);
    }

    private void CData(ref int at)
    {
        var start = at + "<![CDATA[".Length;
        if (endOfCData < start) endOfCData = text.IndexOf("]]>", start, StringComparison.Ordinal) is >= 0 and var found ? found : text.Length; // sections cut short do not search twice
        var end = endOfCData < text.Length ? endOfCData : -1;
        var endless = end < 0;

        // Cut off, or closed only by the next section's end: up to the end tag of the element that it stands in.
        var next = end < 0 ? text.Length : text.AsSpan(start..end).IndexOf("<![CDATA[") is >= 0 and var nested ? start + nested : -1;
        var cut = next < 0 || open.Count == 0 ? -1 : text.AsSpan(start..next).IndexOf("</" + open[^1], StringComparison.OrdinalIgnoreCase);
        if (cut >= 0) (end, at) = (start + cut, start + cut);
        else if (end < 0) (end, at) = (text.Length, text.Length);
        else at = end + "]]>".Length;
        if (endless || cut >= 0) faults.Add("a CDATA section without an end");

        if (open.Count > 0) xml.Append("<![CDATA[").Append(text.AsSpan(start, end - start)).Append("]]>");
    }

    private void Skip(ref int at, string mark, ref bool none)
    {
        var end = text.IndexOf(mark, at, StringComparison.Ordinal);
        if (end >= 0)
        {
            at = end + mark.Length;
            return;
        }

        none = true;
        faults.Add("a comment without an end");
        at += "<!--".Length;
    }

    private void SkipTag(ref int at)
    {
        at++;
        while (at < text.Length && text[at] is not ('>' or '<')) at++;
        if (at < text.Length && text[at] == '>') at++;
    }

    private void Push(string name)
    {
        if (!places.TryGetValue(name, out var known)) places[name] = known = [];
        known.Add(open.Count);
        if (TagNames.IsFrame(name)) frames.Add(open.Count);
        open.Add(name);
    }

    private void CloseTo(int count)
    {
        while (open.Count > count)
        {
            var name = open[^1];
            open.RemoveAt(open.Count - 1);
            places[name].RemoveAt(places[name].Count - 1);
            if (frames.Count > 0 && frames[^1] == open.Count) frames.RemoveAt(frames.Count - 1);
            xml.Append("</").Append(name).Append('>');
        }
    }

    private void DeclarePrefixes()
    {
        if (rootAttributes < 0) return;
        var missing = prefixes.Except(declaredAtRoot).Where(p => p is not ("xml" or "xmlns")).Order(StringComparer.Ordinal).ToList();
        foreach (var prefix in missing.Except(declared).Take(3)) faults.Add($"undeclared prefix {prefix}:");
        xml.Insert(rootAttributes, string.Concat(missing.Select(p => $" xmlns:{p}=\"{TagNames.Namespace(p)}\"")));
    }
}
