using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Detecting;

internal static class DetectingRoom
{
    public static IServiceCollection AddDetecting(this IServiceCollection services)
    {
        services.AddOptions<DetectionOptions>().BindConfiguration(DetectionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DetectionOptions>, DetectionOptionsValidator>();
        services.AddSingleton<LiveDetector>();
        services.AddHostedService(p => p.GetRequiredService<LiveDetector>());
        services.AddSingleton<ArticlePages>();
        services.AddSingleton<ArticleExaminer>();
        return services;
    }
}
