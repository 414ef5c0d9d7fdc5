using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels.Mail;

namespace FeedWatch.Tests.Chat.Mail;

/// <summary>
/// A real mail server, aiosmtpd, in a process of its own. What it refuses is told by the address: see <c>smtp_server.py</c>. Without it the
/// tests that need it are skipped, or fail where FEEDWATCH_REQUIRE_SERVICES=1.
/// </summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3"; // the one that apt-get's python3-aiosmtpd belongs to

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly MailEncryption encryption;
    private readonly ConcurrentQueue<string> log = new();
    private readonly System.Threading.Channels.Channel<string> taken = System.Threading.Channels.Channel.CreateUnbounded<string>();

    private SmtpServer(Process process, DirectoryInfo folder, MailEncryption encryption)
    {
        (this.process, this.folder, this.encryption) = (process, folder, encryption);
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.OutputDataReceived += (_, line) => taken.Writer.TryWrite(line.Data ?? "");
        process.BeginErrorReadLine();
        process.BeginOutputReadLine(); // at once: a full pipe would hold up its answers
    }

    public int Port { get; private set; }

    /// <summary>The authority that signed its certificate.</summary>
    public string Authority => Path.Combine(folder.FullName, "authority.pem");

    /// <param name="encryption">As a client must come.</param>
    /// <param name="user">Nobody logs in without one; the password is <c>right-password</c>.</param>
    /// <param name="name">That its certificate is for.</param>
    public static async Task<SmtpServer> StartAsync(MailEncryption encryption = MailEncryption.None, string? user = null, string name = "localhost")
    {
        if (!await IsInstalledAsync())
        {
            const string Missing = "aiosmtpd is not installed (apt-get install python3-aiosmtpd).";
            Assert.False(Environment.GetEnvironmentVariable("FEEDWATCH_REQUIRE_SERVICES") == "1", Missing);
            Assert.Skip(Missing);
        }

        var folder = Directory.CreateTempSubdirectory("feedwatch-smtp-");
        List<string> arguments = [Script(), encryption switch { MailEncryption.Tls => "tls", MailEncryption.None => "none", _ => "starttls" }];
        if (encryption is not MailEncryption.None) arguments.AddRange(MailCertificate.WriteTo(folder, name));
        if (user is not null) arguments.AddRange([user, "right-password"]);
        var server = new SmtpServer(Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!, folder, encryption);
        server.Port = int.Parse(await server.NextLineAsync(), CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>Settings that would be taken; a test changes what matters.</summary>
    public ChannelOptions Settings(params string[] to)
    {
        var options = new ChannelOptions { Type = "email", Name = "crime desk" };
        (options.Mail.Host, options.Mail.Port, options.Mail.Encryption, options.Mail.From) = ("localhost", Port, encryption, "FeedWatch <alerts@feedwatch.example>");
        if (encryption is not MailEncryption.None) options.Mail.CaFile = Authority;
        foreach (var address in to is [] ? ["desk@paper.example"] : to) options.Mail.To.Add(address);
        return options;
    }

    /// <summary>The next message that it took, in order.</summary>
    public async Task<JsonElement> NextAsync() => JsonDocument.Parse(await NextLineAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<string> NextLineAsync()
    {
        var line = await taken.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        return line.Length > 0 ? line : throw new InvalidOperationException($"It ended: {string.Join('\n', log)}");
    }

    private static async Task<bool> IsInstalledAsync()
    {
        if (!File.Exists(Python)) return false;
        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
        await probe.WaitForExitAsync();
        return probe.ExitCode == 0;
    }

    private static string Script([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "smtp_server.py");
}
