using System.Globalization;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MassTransit;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Publishing.Letters;

/// <summary>
/// Tells an event that the bus refuses for its own sake from a bus that is not well. Where in doubt the bus is to blame:
/// an event that waits is told late, one that is given up not at all.
/// </summary>
internal static partial class Refusal
{
    private const int PreconditionFailed = 406; // AMQP 0-9-1, 1.2.1 "reply codes"; also for a queue that was declared with other settings

    /// <param name="exception">What publishing the event threw.</param>
    /// <param name="bytes">The size of its body.</param>
    public static bool IsIn(Exception exception, long bytes)
    {
        for (var ex = exception; ex is not null; ex = ex.InnerException)
        {
            if (Is(ex, bytes)) return true;
        }

        return false;
    }

    private static bool Is(Exception exception, long bytes) => exception switch
    {
        MessageReturnedException => true, // no queue takes it, although the topology was declared before it was sent
        SerializationException or JsonException or NotSupportedException or ArgumentException or WireFormattingException => true,
        OperationInterruptedException { ShutdownReason: { ReplyCode: PreconditionFailed } reason } => IsTooLarge(reason.ReplyText, bytes),
        _ => false,
    };

    // The broker closes the channel over it, and everything else that is under way there fails with the same words.
    private static bool IsTooLarge(string words, long bytes) =>
        MaxSize().Match(words) is { Success: true } limit && bytes > long.Parse(limit.Groups["max"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"message size \d+ is larger than \D*(?<max>\d{1,12})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MaxSize();
}
