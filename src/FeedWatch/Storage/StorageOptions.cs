using Microsoft.Extensions.Options;

namespace FeedWatch.Storage;

/// <summary>Where FeedWatch keeps what it must not forget: section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The folder of <c>feedwatch.db</c> and <c>chat.db</c>; made when it is not there. <c>--data</c> sets it.</summary>
    public string DataFolder { get; set; } = DefaultFolder();

    private static string DefaultFolder()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(local.Length > 0 ? local : AppContext.BaseDirectory, "feedwatch");
    }
}

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        string.IsNullOrWhiteSpace(options.DataFolder)
            ? ValidateOptionsResult.Fail("Storage:DataFolder is empty; name a folder that FeedWatch may write to.")
            : ValidateOptionsResult.Success;
}
