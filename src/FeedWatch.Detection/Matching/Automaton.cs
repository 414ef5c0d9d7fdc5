using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Matching;

/// <summary>
/// Finds every pattern in a folded text in one pass. The transitions lie in a double array, a few MB for all languages together
/// where full rows would take a hundred.
/// </summary>
internal sealed class Automaton
{
    private readonly int[] offset;
    private readonly int[] failure;
    private readonly int[] output;
    private readonly int[] end;
    private int[] owner;
    private int[] target;

    public Automaton(Trie trie)
    {
        (var order, failure) = trie.Link();
        offset = new int[trie.Count];
        output = new int[trie.Count];
        end = new int[trie.Count];
        owner = new int[trie.Count * 2];
        target = new int[trie.Count * 2];
        Array.Fill(owner, -1);
        var free = 0;
        foreach (var node in order)
        {
            end[node] = trie.End(node);
            output[node] = end[node] >= 0 ? node : output[failure[node]];
            Place(trie, node, ref free);
        }
    }

    /// <summary>Calls back for each pattern found, with its number and the place of its last character.</summary>
    public void Scan(ReadOnlySpan<byte> folded, Action<int, int> found)
    {
        var node = 0;
        byte previous = Fold.Break;
        for (var i = 0; i < folded.Length; i++)
        {
            var label = folded[i];
            if (label == Fold.Skip || label == Fold.Joint && previous == Fold.Joint)
                continue;
            previous = label;
            node = Step(node, label);
            for (var hit = output[node]; hit != 0; hit = output[failure[hit]])
                found(end[hit], i);
        }
    }

    /// <summary>The node that the longest beginning of a pattern leads to, one character on.</summary>
    public int Step(int node, byte label)
    {
        while (true)
        {
            var slot = offset[node] + label;
            if (slot < owner.Length && owner[slot] == node)
                return target[slot];
            if (node == 0)
                return 0;
            node = failure[node];
        }
    }

    // First fit: most nodes have one child, so the search is short.
    private void Place(Trie trie, int node, ref int free)
    {
        var children = trie.Children(node).ToArray();
        if (children.Length == 0)
        {
            offset[node] = 0;
            return;
        }

        while (free < owner.Length && owner[free] >= 0)
            free++;
        var lowest = children.Min(trie.Label);
        var at = Math.Max(0, free - lowest);
        while (!children.All(child => at + trie.Label(child) >= owner.Length || owner[at + trie.Label(child)] < 0))
            at++;
        if (at + Fold.Classes >= owner.Length)
            Grow(at + Fold.Classes + 1);
        offset[node] = at;
        foreach (var child in children)
        {
            owner[at + trie.Label(child)] = node;
            target[at + trie.Label(child)] = child;
        }
    }

    private void Grow(int atLeast)
    {
        var from = owner.Length;
        Array.Resize(ref owner, Math.Max(atLeast, from * 2));
        Array.Resize(ref target, owner.Length);
        Array.Fill(owner, -1, from, owner.Length - from);
    }
}
