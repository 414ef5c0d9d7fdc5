using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels.Mail;
using MimeKit;

namespace FeedWatch.Tests.Chat.Mail;

/// <summary>
/// A private Postfix with folders and a port of its own, on loopback, that delivers for paper.example into maildirs and relays nothing. It needs
/// root, since its parts run as users of their own. Without it the test that needs it is skipped, or fails where FEEDWATCH_REQUIRE_SERVICES=1.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/postfix";
    private const int Nobody = 65_534;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder;
    private readonly int port;
    private Process? master;
    private Task<string> log = Task.FromResult("");

    private PostfixServer(DirectoryInfo folder, int port) => (this.folder, this.port) = (folder, port);

    private string Configuration => Path.Combine(folder.FullName, "etc");

    public static async Task<PostfixServer> StartAsync()
    {
        if (!File.Exists(Program) || !Environment.IsPrivilegedProcess)
        {
            const string Missing = "Postfix is not installed (apt-get install postfix), or this is not root.";
            Assert.False(Environment.GetEnvironmentVariable("FEEDWATCH_REQUIRE_SERVICES") == "1", Missing);
            Assert.Skip(Missing);
        }

        var server = new PostfixServer(Directory.CreateTempSubdirectory("feedwatch-postfix-"), FreePort());
        await server.BeginAsync();
        return server;
    }

    /// <summary>Settings that would be taken; a test changes what matters.</summary>
    public ChannelOptions Settings(params string[] to)
    {
        var options = new ChannelOptions { Type = "email", Name = "crime desk" };
        (options.Mail.Host, options.Mail.Port, options.Mail.Encryption, options.Mail.From) = ("localhost", port, MailEncryption.StartTls, "FeedWatch <alerts@feedwatch.example>");
        options.Mail.CaFile = Path.Combine(Configuration, "authority.pem");
        foreach (var address in to) options.Mail.To.Add(address);
        return options;
    }

    /// <summary>The messages in a mailbox, in the order of their dates, once there are so many.</summary>
    public async Task<IReadOnlyList<MimeMessage>> MailboxAsync(string name, int count)
    {
        var box = Path.Combine(folder.FullName, "mail", name, "new");
        for (var began = Stopwatch.GetTimestamp(); !Directory.Exists(box) || Directory.GetFiles(box).Length < count;)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"It never came to {count} messages for {name}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return [.. Directory.GetFiles(box).Select(f => MimeMessage.Load(f)).OrderBy(m => m.Date)];
    }

    public async ValueTask DisposeAsync()
    {
        if (master is not null)
        {
            using (var stop = Process.Start(Program, ["-c", Configuration, "stop"])) await stop.WaitForExitAsync();
            await master.WaitForExitAsync();
            await log;
            master.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task BeginAsync()
    {
        const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, ForAll);
        var etc = Directory.CreateDirectory(Configuration);
        foreach (var name in (string[])["queue", "data", "mail"]) Directory.CreateDirectory(Path.Combine(folder.FullName, name));
        await RunAsync("chown", "postfix", Path.Combine(folder.FullName, "data"));
        await RunAsync("chown", Nobody.ToString(CultureInfo.InvariantCulture), Path.Combine(folder.FullName, "mail"));
        var certificate = MailCertificate.WriteTo(etc, "localhost");
        await File.WriteAllTextAsync(Path.Combine(Configuration, "main.cf"), Main(certificate));
        await File.WriteAllTextAsync(Path.Combine(Configuration, "master.cf"), Parts());
        await File.WriteAllTextAsync(Path.Combine(Configuration, "boxes"), "desk@paper.example desk/\nnight@paper.example night/\nbusy@paper.example busy/\n");
        await File.WriteAllTextAsync(Path.Combine(Configuration, "access"), "busy@paper.example 450 4.2.0 greylisted, come again\n");

        master = Process.Start(new ProcessStartInfo(Program, ["-c", Configuration, "start-fg"]) { RedirectStandardOutput = true })!;
        log = master.StandardOutput.ReadToEndAsync();
        for (var began = Stopwatch.GetTimestamp(); !await ListensAsync();)
        {
            if (master.HasExited || Stopwatch.GetElapsedTime(began) > Patience) throw new InvalidOperationException($"Postfix did not come up: {(master.HasExited ? await log : "it is silent")}");
            await Task.Delay(50);
        }
    }

    private async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private string Main(string[] certificate) =>
        $"""
        compatibility_level = 3.6
        queue_directory = {folder.FullName}/queue
        data_directory = {folder.FullName}/data
        maillog_file = /dev/stdout
        myhostname = mail.paper.example
        mydestination =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks = 192.0.2.0/24
        disable_dns_lookups = yes
        smtpd_peername_lookup = no
        smtpd_tls_security_level = encrypt
        smtpd_tls_cert_file = {certificate[0]}
        smtpd_tls_key_file = {certificate[1]}
        smtpd_relay_restrictions = reject_unauth_destination
        smtpd_recipient_restrictions = check_recipient_access texthash:{Configuration}/access
        message_size_limit = 100000
        virtual_mailbox_limit = 0
        virtual_mailbox_domains = paper.example
        virtual_mailbox_base = {folder.FullName}/mail
        virtual_mailbox_maps = texthash:{Configuration}/boxes
        virtual_uid_maps = static:{Nobody}
        virtual_gid_maps = static:{Nobody}
        virtual_minimum_uid = 1

        """;

    /// <summary>Without a chroot, and without the parts that send anywhere.</summary>
    private string Parts() =>
        $"""
        127.0.0.1:{port} inet n - n - - smtpd
        pickup  unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr    unix n - n 300 1 qmgr
        tlsmgr  unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce  unix - - n - 0 bounce
        defer   unix - - n - 0 bounce
        trace   unix - - n - 0 bounce
        proxymap unix - - n - - proxymap
        error   unix - - n - - error
        retry   unix - - n - - error
        discard unix - - n - - discard
        virtual unix - n n - - virtual
        anvil   unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd

        """;
}
