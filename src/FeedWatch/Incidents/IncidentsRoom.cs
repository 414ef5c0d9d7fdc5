using FeedWatch.Incidents.Retelling;
using FeedWatch.Incidents.Telling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Incidents;

internal static class IncidentsRoom
{
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        services.AddSingleton<IValidateOptions<AlertOptions>, DigestRules>();
        services.AddSingleton<IncidentLinker>().AddSingleton<ArticleBook>();
        return services;
    }
}
