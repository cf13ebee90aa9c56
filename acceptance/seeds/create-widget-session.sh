curl -X POST https://api.konpro.ai/v1/widget/sessions \
  -H "x-api-key: <your-api-key>" \
  -H "Content-Type: application/json" \
  -d '{
    "agentic_avatar_id": "3deccfb2-cf96-459c-8b69-f601d6767ea5",
    "settings": {
      "max_duration": 3600,
      "allowed_domains": ["example.com", "app.example.com"],
      "features": {
        "voice_input": true,
        "text_input": true,
        "knowledge_base": true
      }
    }
  }'
